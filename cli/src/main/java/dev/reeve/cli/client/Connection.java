package dev.reeve.cli.client;

import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.eigen_api.v1.DeviceServiceGrpc;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ConsentServiceGrpc;
import dev.reeve.wire.reeve.v1.GovernanceServiceGrpc;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ModelServiceGrpc;
import dev.reeve.wire.reeve.v1.OutputReviewServiceGrpc;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server as one caller sees it. The channel opens with the first call; every call carries the
/// tenant that was chosen, and the caller's key. Plain text: beyond this machine put TLS around it.
///
/// For one thread, but for [#channel].
public final class Connection implements AutoCloseable {
  /// Largest message taken in: the largest payload, 64 MiB, and room for what surrounds it.
  private static final int MESSAGE_BYTES_MAX = 65 * 1024 * 1024;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ServerAddress server;
  private final String tenant;
  private final String key;
  private final Duration callTimeout;
  private @Nullable ManagedChannel channel;

  /// @param tenant selects among the caller's tenants; empty: the first
  /// @param key shown with every call; empty for none
  /// @param callTimeout longest wait for the answer of a call that is no stream
  public Connection(ServerAddress server, String tenant, String key, Duration callTimeout) {
    this.server = server;
    this.tenant = tenant;
    this.key = key;
    this.callTimeout = callTimeout;
  }

  /// Where it leads.
  public ServerAddress server() {
    return server;
  }

  /// The tenant chosen by the caller; empty for its first.
  public String tenant() {
    return tenant;
  }

  /// Runs one call and turns its status into a [FailureException].
  public <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw decode(e).toException();
    }
  }

  /// What a failed call says.
  public Failure decode(StatusRuntimeException thrown) {
    return FailureDecoder.decode(thrown, server);
  }

  /// Jobs of every dialect.
  public JobServiceGrpc.JobServiceBlockingStub jobs() {
    return timed(JobServiceGrpc.newBlockingStub(channel()));
  }

  /// Jobs again, for calls that stay open.
  public JobServiceGrpc.JobServiceBlockingStub jobStreams() {
    return JobServiceGrpc.newBlockingStub(channel());
  }

  /// What was decided.
  public AuditServiceGrpc.AuditServiceBlockingStub audit() {
    return timed(AuditServiceGrpc.newBlockingStub(channel()));
  }

  /// Jobs that wait for a person.
  public ApprovalServiceGrpc.ApprovalServiceBlockingStub approvals() {
    return timed(ApprovalServiceGrpc.newBlockingStub(channel()));
  }

  /// Outputs that were held back.
  public OutputReviewServiceGrpc.OutputReviewServiceBlockingStub heldOutputs() {
    return timed(OutputReviewServiceGrpc.newBlockingStub(channel()));
  }

  /// The bytes of held outputs, for calls that stay open.
  public OutputReviewServiceGrpc.OutputReviewServiceBlockingStub heldOutputStreams() {
    return OutputReviewServiceGrpc.newBlockingStub(channel());
  }

  /// Workers that are connected.
  public WorkerServiceGrpc.WorkerServiceBlockingStub workers() {
    return timed(WorkerServiceGrpc.newBlockingStub(channel()));
  }

  /// Models and their providers.
  public ModelServiceGrpc.ModelServiceBlockingStub models() {
    return timed(ModelServiceGrpc.newBlockingStub(channel()));
  }

  /// Pools of workers, and topics.
  public PoolServiceGrpc.PoolServiceBlockingStub pools() {
    return timed(PoolServiceGrpc.newBlockingStub(channel()));
  }

  /// The genome and the posture.
  public GovernanceServiceGrpc.GovernanceServiceBlockingStub governance() {
    return timed(GovernanceServiceGrpc.newBlockingStub(channel()));
  }

  /// Which provider takes a call.
  public RoutingServiceGrpc.RoutingServiceBlockingStub routing() {
    return timed(RoutingServiceGrpc.newBlockingStub(channel()));
  }

  /// The policy in force and those before it.
  public PolicyServiceGrpc.PolicyServiceBlockingStub policies() {
    return timed(PolicyServiceGrpc.newBlockingStub(channel()));
  }

  /// Who may be acted for.
  public ConsentServiceGrpc.ConsentServiceBlockingStub consent() {
    return timed(ConsentServiceGrpc.newBlockingStub(channel()));
  }

  /// The server itself.
  public SystemServiceGrpc.SystemServiceBlockingStub system() {
    return timed(SystemServiceGrpc.newBlockingStub(channel()));
  }

  /// Circuits.
  public dev.reeve.wire.eigen_api.v1.JobServiceGrpc.JobServiceBlockingStub circuits() {
    return timed(dev.reeve.wire.eigen_api.v1.JobServiceGrpc.newBlockingStub(channel()));
  }

  /// Devices that run circuits.
  public DeviceServiceGrpc.DeviceServiceBlockingStub devices() {
    return timed(DeviceServiceGrpc.newBlockingStub(channel()));
  }

  /// Agent jobs.
  public CordumApiGrpc.CordumApiBlockingStub agents() {
    return timed(CordumApiGrpc.newBlockingStub(channel()));
  }

  /// Longest wait for the answer of a call that is no stream.
  public Duration callTimeout() {
    return callTimeout;
  }

  /// The channel, with the tenant and the key on every call. Safe for other threads once this has
  /// returned.
  public Channel channel() {
    ManagedChannel open = open();
    if (tenant.isEmpty() && key.isEmpty()) {
      return open;
    }
    Metadata headers = new Metadata();
    if (!tenant.isEmpty()) {
      headers.put(TENANT, tenant);
    }
    if (!key.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + key);
    }
    return ClientInterceptors.intercept(open, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /// Lets the next call try at once, whatever the channel's own back-off says.
  public void tryNow() {
    open().resetConnectBackoff();
  }

  private ManagedChannel open() {
    if (channel == null) {
      channel =
          NettyChannelBuilder.forTarget("dns:///" + server)
              .usePlaintext()
              .maxInboundMessageSize(MESSAGE_BYTES_MAX)
              .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
              .userAgent("reeve-cli")
              .disableRetry()
              .build();
    }
    return channel;
  }

  private <S extends AbstractBlockingStub<S>> S timed(S stub) {
    return stub.withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Hangs up; calls still open end with CANCELLED.
  @Override
  public void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }
}
