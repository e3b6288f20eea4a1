package dev.reeve.bench;

import com.google.protobuf.ByteString;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Connections to a server. Callbacks run on the event loop of the connection: they must not block.
/// Safe on any thread.
final class Client implements AutoCloseable {
  private static final ByteString PAYLOAD =
      ByteString.copyFromUtf8("{\"prompt\":\"" + "reeve ".repeat(16) + "\"}");

  private final String address;
  private final List<ManagedChannel> channels = new ArrayList<>();

  Client(String address) {
    this.address = address;
  }

  /// A job of about 110 bytes of payload; the server makes its id.
  static SubmitJobRequest job(String topic) {
    return SubmitJobRequest.newBuilder()
        .setTopic(topic)
        .setPayload(PAYLOAD)
        .setContentType("application/json")
        .build();
  }

  /// Each call opens a connection of its own.
  JobServiceGrpc.JobServiceStub jobs() {
    return JobServiceGrpc.newStub(channel());
  }

  /// See [#jobs].
  WorkerServiceGrpc.WorkerServiceStub workers() {
    return WorkerServiceGrpc.newStub(channel());
  }

  /// See [#jobs].
  HealthGrpc.HealthStub health() {
    return HealthGrpc.newStub(channel());
  }

  /// See [#jobs].
  SafetyKernelGrpc.SafetyKernelStub kernel() {
    return SafetyKernelGrpc.newStub(channel());
  }

  /// See [#jobs].
  RouterGrpc.RouterStub router() {
    return RouterGrpc.newStub(channel());
  }

  private synchronized ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address).usePlaintext().directExecutor().build();
    channels.add(channel);
    return channel;
  }

  @Override
  public synchronized void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels) {
        boolean _ = channel.awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
