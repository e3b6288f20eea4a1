package dev.reeve.gateway.reeve;

import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.LogCommand;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.Topics;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.ListWorkersResponse;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `reeve.v1.WorkerService`. Never blocks.
final class WorkerHandlers extends WorkerServiceGrpc.WorkerServiceImplBase {
  private static final long MICROS_PER_MILLI = 1_000;

  private final GatewayServices services;
  private final ReevePorts ports;
  private final Replies replies;
  private final SecureRandom random = new SecureRandom();

  WorkerHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> observer) {
    ServerCallStreamObserver<ConnectResponse> call =
        (ServerCallStreamObserver<ConnectResponse>) observer;
    WorkerOutbox outbox = new WorkerOutbox(call, services.writer()::wake);
    Instant now = services.clock().instant();
    String sessionId =
        Ids.uuidV7(now.toEpochMilli(), random.nextLong(), random.nextLong()).toString();
    WorkerConnection connection =
        new WorkerConnection(
            services.workers(),
            services.writer(),
            ports.workers(),
            outbox,
            sessionId,
            ports.lease(),
            Times.micros(now));
    call.disableAutoRequest();
    call.setOnReadyHandler(outbox::flush);
    call.setOnCancelHandler(
        () -> connection.onError(new IllegalStateException("the connection is gone")));
    call.request(1);
    return connection;
  }

  @Override
  public void listWorkers(
      ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
    replies.reply(
        observer,
        () -> {
          String topic = request.getTopic();
          new FieldChecks(GatewayProblems.REQUEST_INVALID)
              .require(topic.isEmpty() || Topics.isTopic(topic), "topic", topic, Topics.SHAPE)
              .throwIfAny();
          return executors();
        },
        executors -> {
          ListWorkersResponse.Builder out = ListWorkersResponse.newBuilder();
          executors.stream()
              .filter(ExecutorView::connected)
              .filter(view ->
                  request.getTopic().isEmpty() || view.routes().contains(request.getTopic()))
              .sorted(Comparator.comparing(ExecutorView::workerId))
              .forEach(view -> out.addWorkers(encode(view)));
          return out.build();
        });
  }

  private CompletableFuture<List<ExecutorView>> executors() {
    CompletableFuture<List<ExecutorView>> executors = new CompletableFuture<>();
    services
        .writer()
        .offer(
            new LogCommand.Look(
                view -> executors.complete(view.executors()),
                new Answer<>() {
                  @Override
                  public void done(Boolean looked) {}

                  @Override
                  public void refused(Problem problem) {
                    executors.completeExceptionally(problem.toException());
                  }
                }));
    return executors;
  }

  private Worker encode(ExecutorView view) {
    long nowMicros = Times.micros(services.clock().instant());
    Worker.Builder out =
        Worker.newBuilder()
            .setWorkerId(view.workerId())
            .addAllTopics(view.routes())
            .setRunning(view.attempts())
            .setCredit(view.credit())
            .setMaxParallel(view.credit() + view.attempts())
            .setLastSeenAt(
                ProtoTimes.timestamp(nowMicros - view.silentMillis() * MICROS_PER_MILLI));
    ports
        .workers()
        .find(view.workerId())
        .ifPresent(entry ->
            out.setName(entry.name())
                .setVersion(entry.version())
                .putAllLabels(entry.labels())
                .addAllCapabilities(entry.capabilities())
                .setMaxParallel(entry.parallelMax())
                .setSessionId(entry.sessionId())
                .setConnectedAt(ProtoTimes.timestamp(entry.connectedAtMicros()))
                .setDraining(entry.connection().isDraining()));
    return out.build();
  }
}
