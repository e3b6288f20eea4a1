package dev.reeve.bench;

import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.WorkerCredit;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;

/// A worker over the public protocol that gives every payload back. Runs on the event loop of its
/// connection, which alone writes to the stream.
final class EchoWorker implements StreamObserver<ConnectResponse> {
  private static final int CREDITS_PER_MESSAGE = 16;

  private final Failure failure;
  private final CountDownLatch registered = new CountDownLatch(1);
  private final StreamObserver<ConnectRequest> out;
  private int ended;

  private EchoWorker(Client client, String topic, int parallel, Failure failure) {
    this.failure = failure;
    out = client.workers().connect(this);
    out.onNext(
        ConnectRequest.newBuilder()
            .setRegister(
                WorkerRegistration.newBuilder()
                    .setWorkerId("bench-worker")
                    .addTopics(topic)
                    .setMaxParallel(parallel))
            .build());
    out.onNext(credit(parallel));
  }

  /// Returns when the server knows it.
  static void start(Client client, String topic, int parallel, Failure failure)
      throws InterruptedException {
    new EchoWorker(client, topic, parallel, failure).registered.await();
  }

  @Override
  public void onNext(ConnectResponse message) {
    switch (message.getMessageCase()) {
      case REGISTERED -> registered.countDown();
      case ASSIGNMENT -> run(message.getAssignment());
      case ACK -> ended();
      case CANCEL, DRAIN, MESSAGE_NOT_SET ->
          failure.is(new IllegalStateException("the worker was told: " + message));
    }
  }

  private void run(Assignment assignment) {
    out.onNext(
        ConnectRequest.newBuilder()
            .setComplete(
                DispatchComplete.newBuilder()
                    .setDispatchId(assignment.getDispatchId())
                    .setResult(assignment.getPayload())
                    .setContentType(assignment.getContentType()))
            .build());
  }

  private void ended() {
    if (++ended % CREDITS_PER_MESSAGE == 0) {
      out.onNext(credit(CREDITS_PER_MESSAGE));
    }
  }

  private static ConnectRequest credit(int add) {
    return ConnectRequest.newBuilder().setCredit(WorkerCredit.newBuilder().setAdd(add)).build();
  }

  @Override
  public void onError(Throwable thrown) {
    failure.is(thrown);
    registered.countDown();
  }

  @Override
  public void onCompleted() {}
}
