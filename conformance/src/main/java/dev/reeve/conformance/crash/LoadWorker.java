package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.WorkerCredit;
import dev.reeve.wire.reeve.v1.WorkerHeartbeat;
import dev.reeve.wire.reeve.v1.WorkerRegistered;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A worker as the protocol asks for: reconnects for ever, names what it still holds, and repeats a
/// report until it is acknowledged. All its state is touched by one thread.
final class LoadWorker implements AutoCloseable {
  private static final int PARALLEL = 16;
  private static final long RECONNECT_MILLIS = 50;
  private static final long HEARTBEAT_MILLIS = 300;

  private final ManagedChannel channel;
  private final ScheduledExecutorService thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("worker").daemon().factory());

  /// Results that were not acknowledged, by dispatch.
  private final Map<String, ByteString> unacknowledged = new ConcurrentHashMap<>();

  private @Nullable StreamObserver<ConnectRequest> out;
  private boolean registered;

  LoadWorker(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    thread.execute(this::connect);
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            this::heartbeat, HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// A worker that is silent gets nothing to do.
  private void heartbeat() {
    if (registered) {
      send(
          ConnectRequest.newBuilder()
              .setHeartbeat(
                  WorkerHeartbeat.newBuilder().addAllDispatchIds(unacknowledged.keySet())));
    }
  }

  private void connect() {
    channel.resetConnectBackoff();
    out = WorkerServiceGrpc.newStub(channel).connect(new Conversation());
    send(
        ConnectRequest.newBuilder()
            .setRegister(
                WorkerRegistration.newBuilder()
                    .setWorkerId("crash")
                    .setName("crash")
                    .addTopics("job.default")
                    .setMaxParallel(PARALLEL)
                    .addAllResumeDispatchIds(unacknowledged.keySet())));
  }

  private void received(ConnectResponse message) {
    switch (message.getMessageCase()) {
      case REGISTERED -> resume(message.getRegistered());
      case ASSIGNMENT -> run(message.getAssignment());
      case ACK -> {
        unacknowledged.remove(message.getAck().getDispatchId());
        credit(1);
      }
      case CANCEL -> {
        if (unacknowledged.remove(message.getCancel().getDispatchId()) != null) {
          credit(1);
        }
      }
      case DRAIN, MESSAGE_NOT_SET -> {}
    }
  }

  private void resume(WorkerRegistered answer) {
    registered = true;
    unacknowledged.keySet().retainAll(answer.getAcceptedDispatchIdsList());
    unacknowledged.forEach(this::complete);
    credit(PARALLEL - unacknowledged.size());
  }

  private void run(Assignment assignment) {
    ByteString result = Order.worked(assignment.getPayload());
    unacknowledged.put(assignment.getDispatchId(), result);
    complete(assignment.getDispatchId(), result);
  }

  private void complete(String dispatchId, ByteString result) {
    send(
        ConnectRequest.newBuilder()
            .setComplete(
                DispatchComplete.newBuilder().setDispatchId(dispatchId).setResult(result)));
  }

  private void credit(int add) {
    if (add > 0) {
      send(ConnectRequest.newBuilder().setCredit(WorkerCredit.newBuilder().setAdd(add)));
    }
  }

  private void send(ConnectRequest.Builder message) {
    StreamObserver<ConnectRequest> stream = out;
    if (stream != null) {
      stream.onNext(message.build());
    }
  }

  private void hungUp() {
    out = null;
    registered = false;
    if (!thread.isShutdown()) {
      ScheduledFuture<?> _ =
          thread.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    channel.shutdownNow();
  }

  /// Brings what the server says to the worker's thread.
  private final class Conversation implements StreamObserver<ConnectResponse> {
    @Override
    public void onNext(ConnectResponse message) {
      later(() -> received(message));
    }

    @Override
    public void onError(Throwable failure) {
      later(LoadWorker.this::hungUp);
    }

    @Override
    public void onCompleted() {
      later(LoadWorker.this::hungUp);
    }

    private void later(Runnable task) {
      if (!thread.isShutdown()) {
        thread.execute(task);
      }
    }
  }
}
