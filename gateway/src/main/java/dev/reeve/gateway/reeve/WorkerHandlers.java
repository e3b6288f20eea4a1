package dev.reeve.gateway.reeve;

import dev.reeve.base.Ids;
import dev.reeve.engine.ExecutorView;
import dev.reeve.engine.WriterView;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.Topics;
import dev.reeve.gateway.WorkerFacts;
import dev.reeve.service.Times;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.ListWorkersResponse;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerState;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

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
    boolean operator = CallScope.current().caller().localOperator();
    replies.reply(
        observer,
        () -> {
          String topic = request.getTopic();
          new FieldChecks(GatewayProblems.REQUEST_INVALID)
              .require(topic.isEmpty() || Topics.isTopic(topic), "topic", topic, Topics.SHAPE)
              .throwIfAny();
          return new WriterLook(services.writer()).at(WriterView::executors);
        },
        executors -> {
          ListWorkersResponse.Builder out = ListWorkersResponse.newBuilder();
          executors.stream()
              .filter(ExecutorView::connected)
              .filter(view ->
                  request.getTopic().isEmpty() || view.routes().contains(request.getTopic()))
              .sorted(Comparator.comparing(ExecutorView::workerId))
              .forEach(view -> out.addWorkers(encode(view, operator)));
          if (request.getTopic().isEmpty()) {
            ports.withoutTopics().forEach((id, one) -> out.addWorkers(idle(id, one)));
          }
          return out.build();
        });
  }

  private Worker idle(String id, WorkerFacts.Idle idle) {
    WorkerFacts facts = idle.facts();
    long nowMicros = Times.micros(services.clock().instant());
    return Worker.newBuilder()
        .setLastSeenAt(ProtoTimes.timestamp(nowMicros - idle.silentMillis() * MICROS_PER_MILLI))
        .setWorkerId(id)
        .setState(state(idle.silentMillis()))
        .setName(facts.name())
        .setVersion(facts.version())
        .putAllLabels(facts.labels())
        .addAllCapabilities(facts.capabilities())
        .setPool(facts.pool())
        .setFamily(facts.family())
        .setLoad(facts.load())
        .build();
  }

  private WorkerState state(long silentMillis) {
    return silentMillis > ports.lease().toMillis()
        ? WorkerState.WORKER_STATE_SILENT
        : WorkerState.WORKER_STATE_ALIVE;
  }

  /// @param operator whether it is for the operator, who alone sees the sessions of workers
  private Worker encode(ExecutorView view, boolean operator) {
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
    double load = view.attempts();
    boolean within = ports.facts(view.workerId()).isEmpty();
    out.setState(within ? WorkerState.WORKER_STATE_ALIVE : state(view.silentMillis()));
    Optional<WorkerFacts> facts = ports.facts(view.workerId());
    if (facts.isPresent()) {
      WorkerFacts known = facts.get();
      load += known.load();
      out.setName(known.name())
          .setVersion(known.version())
          .putAllLabels(known.labels())
          .addAllCapabilities(known.capabilities())
          .setMaxParallel(known.parallelMax())
          .setSessionId(operator ? known.sessionId() : "")
          .setConnectedAt(ProtoTimes.timestamp(known.connectedAtMicros()))
          .setDraining(known.draining())
          .setPool(known.pool());
    }
    out.setFamily(facts.map(WorkerFacts::family).orElse("builtin")).setLoad(load);
    return out.build();
  }
}
