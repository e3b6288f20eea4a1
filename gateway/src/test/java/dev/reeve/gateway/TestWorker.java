package dev.reeve.gateway;

import com.google.protobuf.ByteString;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.WorkerCredit;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A worker that speaks the public protocol and keeps all that it was told.
public final class TestWorker implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
  private final List<ConnectResponse> received = new CopyOnWriteArrayList<>();
  private final StreamObserver<ConnectRequest> out;
  private @Nullable ClientCallStreamObserver<ConnectRequest> call;
  private final boolean reading;
  private volatile Status ended = Status.UNKNOWN;
  private volatile boolean over;

  private TestWorker(Channel channel, boolean reading) {
    this.reading = reading;
    out = WorkerServiceGrpc.newStub(channel).connect(this);
  }

  /// Connects without a word.
  public static TestWorker connect(Channel channel) {
    return new TestWorker(channel, true);
  }

  /// Connects and reads only what [#read] asks for.
  public static TestWorker connectUnread(Channel channel) {
    return new TestWorker(channel, false);
  }

  /// Reads so many messages more.
  public void read(int messages) {
    Objects.requireNonNull(call).request(messages);
  }

  /// Connects, registers and grants credit.
  public static TestWorker serving(Channel channel, String id, int credit, String... topics) {
    TestWorker worker = connect(channel);
    worker.send(
        ConnectRequest.newBuilder()
            .setRegister(
                WorkerRegistration.newBuilder()
                    .setWorkerId(id)
                    .addAllTopics(List.of(topics))
                    .setMaxParallel(Math.max(1, credit)))
            .build());
    Await.until("registered", () -> !worker.received.isEmpty());
    if (credit > 0) {
      worker.credit(credit);
    }
    return worker;
  }

  public void send(ConnectRequest message) {
    out.onNext(message);
  }

  public void credit(int add) {
    send(ConnectRequest.newBuilder().setCredit(WorkerCredit.newBuilder().setAdd(add)).build());
  }

  public void complete(Assignment assignment, String contentType, String result) {
    send(
        ConnectRequest.newBuilder()
            .setComplete(
                DispatchComplete.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setContentType(contentType)
                    .setResult(ByteString.copyFromUtf8(result)))
            .build());
  }

  /// Says goodbye.
  public void halfClose() {
    out.onCompleted();
  }

  /// Breaks the connection.
  public void abort() {
    out.onError(Status.CANCELLED.asRuntimeException());
  }

  public List<ConnectResponse> received() {
    return received;
  }

  public List<Assignment> assignments() {
    return received.stream()
        .filter(ConnectResponse::hasAssignment)
        .map(ConnectResponse::getAssignment)
        .toList();
  }

  /// The assignment of a job, awaited.
  public Assignment assignmentOf(String jobId) {
    Await.until("assignment of " + jobId, () -> find(jobId).isPresent());
    return find(jobId).orElseThrow();
  }

  /// How the stream ended, awaited.
  public Status end() {
    Await.until("end of the stream", () -> over);
    return ended;
  }

  public boolean isOver() {
    return over;
  }

  private Optional<Assignment> find(String jobId) {
    return assignments().stream().filter(a -> a.getJobId().equals(jobId)).reduce((_, b) -> b);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConnectRequest> stream) {
    call = stream;
    if (!reading) {
      stream.disableAutoRequestWithInitial(0);
    }
  }

  @Override
  public void onNext(ConnectResponse message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    ended = Status.fromThrowable(failure);
    over = true;
  }

  @Override
  public void onCompleted() {
    ended = Status.OK;
    over = true;
  }
}
