package dev.reeve.gateway.remote;

import com.google.protobuf.ByteString;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.driver.DriverCounts;
import dev.reeve.service.driver.DriverException;
import dev.reeve.service.driver.DriverException.Kind;
import dev.reeve.service.driver.DriverPort;
import dev.reeve.service.driver.DriverReport;
import dev.reeve.service.driver.DriverRun;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceRequest;
import dev.reeve.wire.eigen.internal.v1.CircuitFormat;
import dev.reeve.wire.eigen.internal.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.DeviceInfo;
import dev.reeve.wire.eigen.internal.v1.DeviceStatus;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc.DriverManagerServiceBlockingStub;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.internal.v1.ListDevicesRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// `eigen.internal.v1.DriverManagerService` of a driver. Each run is sent once: the connection
/// retries nothing.
public final class DriverManagerClient implements DriverPort {
  private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;
  private static final long QUESTION_MS_MAX = 2_000;
  private static final long CALIBRATION_MS_MAX = 600_000;

  private final RemoteTarget target;
  private final RemoteChannel channel;
  private final Metadata headers;

  private DriverManagerClient(RemoteTarget target, RemoteChannel channel, Metadata headers) {
    this.target = target;
    this.channel = channel;
    this.headers = headers;
  }

  /// Begins to connect; does not wait for it.
  ///
  /// @param key that the driver is shown; empty for none
  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  public static DriverManagerClient connect(RemoteTarget target, Optional<BearerKey> key) {
    return new DriverManagerClient(
        target,
        RemoteChannel.open(target, ANSWER_BYTES_MAX),
        key.map(BearerKey::headers).orElseGet(Metadata::new));
  }

  @Override
  public String address() {
    return target.address();
  }

  @Override
  public List<DriverReport> devices() throws DriverException {
    return asked(() -> stub(QUESTION_MS_MAX).listDevices(ListDevicesRequest.getDefaultInstance()))
        .getDevicesList()
        .stream()
        .map(DriverManagerClient::report)
        .toList();
  }

  @Override
  public DriverReport status(String deviceId) throws DriverException {
    GetDeviceStatusRequest request =
        GetDeviceStatusRequest.newBuilder().setDeviceId(deviceId).build();
    GetDeviceStatusResponse status = asked(() -> stub(QUESTION_MS_MAX).getDeviceStatus(request));
    return new DriverReport(
        deviceId,
        "",
        "",
        standing(status.getStatus()),
        Math.max(0, status.getQueueDepth()),
        Math.max(0, status.getEstimatedWaitSec()),
        new TreeMap<>(status.getMetadataMap()));
  }

  @Override
  public CompletableFuture<DriverCounts> execute(DriverRun run, Duration timeout) {
    ExecuteCircuitRequest request =
        ExecuteCircuitRequest.newBuilder()
            .setJobId(run.jobId())
            .setDeviceId(run.deviceId())
            .setPayload(
                CircuitPayload.newBuilder()
                    .setFormat(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT)
                    .setData(ByteString.copyFrom(run.program().unsafeArray())))
            .setShots(run.shots())
            .putAllOptions(run.options())
            .build();
    ClientCall<ExecuteCircuitRequest, ExecuteCircuitResponse> call =
        forCall()
            .newCall(
                DriverManagerServiceGrpc.getExecuteCircuitMethod(),
                CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS));
    CompletableFuture<DriverCounts> answer =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            call.cancel("nobody waits any more", null);
            return super.cancel(mayInterrupt);
          }
        };
    ClientCalls.asyncUnaryCall(call, request, into(answer));
    return answer;
  }

  private static StreamObserver<ExecuteCircuitResponse> into(
      CompletableFuture<DriverCounts> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ExecuteCircuitResponse response) {
        answer.complete(
            new DriverCounts(
                response.getCountsMap(),
                response.getExecutionTimeSec(),
                response.getMetadataMap()));
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failed(Status.fromThrowable(failure)));
      }

      @Override
      public void onCompleted() {
        answer.completeExceptionally(
            new DriverException(Kind.INTERNAL, "the driver answered nothing"));
      }
    };
  }

  @Override
  public String calibrate(String deviceId, Map<String, String> options) throws DriverException {
    CalibrateDeviceRequest request =
        CalibrateDeviceRequest.newBuilder().setDeviceId(deviceId).putAllOptions(options).build();
    return RemoteText.line(
        asked(() -> stub(CALIBRATION_MS_MAX).calibrateDevice(request)).getCalibrationRef());
  }

  @Override
  public void close() {
    channel.close();
  }

  private DriverManagerServiceBlockingStub stub(long timeoutMs) {
    return DriverManagerServiceGrpc.newBlockingStub(forCall())
        .withDeadlineAfter(timeoutMs, TimeUnit.MILLISECONDS);
  }

  private Channel forCall() {
    return ClientInterceptors.intercept(
        channel.forCall(), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static <T> T asked(Supplier<T> call) throws DriverException {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw failed(e.getStatus());
    }
  }

  private static DriverException failed(Status status) {
    Kind kind =
        switch (status.getCode()) {
          case UNAVAILABLE -> Kind.UNAVAILABLE;
          case RESOURCE_EXHAUSTED -> Kind.RESOURCE_EXHAUSTED;
          case ABORTED, CANCELLED -> Kind.ABORTED;
          case DEADLINE_EXCEEDED -> Kind.DEADLINE_EXCEEDED;
          case INVALID_ARGUMENT, OUT_OF_RANGE -> Kind.INVALID_ARGUMENT;
          case FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS -> Kind.FAILED_PRECONDITION;
          case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
          case PERMISSION_DENIED -> Kind.PERMISSION_DENIED;
          case UNIMPLEMENTED -> Kind.UNIMPLEMENTED;
          case OK, UNKNOWN, INTERNAL, DATA_LOSS -> Kind.INTERNAL;
        };
    String words = status.getDescription() == null ? "" : RemoteText.line(status.getDescription());
    boolean late = kind == Kind.DEADLINE_EXCEEDED;
    return new DriverException(
        kind, late ? "no answer in time" : words.isEmpty() ? "no reason given" : words);
  }

  private static DriverReport report(DeviceInfo device) {
    return new DriverReport(
        device.getDeviceId(),
        RemoteText.line(device.getName()),
        RemoteText.line(device.getBackendType()),
        standing(device.getStatus()),
        Math.max(0, device.getQueueDepth()),
        Math.max(0, device.getEstimatedWaitSec()),
        new TreeMap<>(device.getCapabilitiesMap()));
  }

  private static DeviceStanding standing(DeviceStatus status) {
    return switch (status) {
      case DEVICE_STATUS_ONLINE -> DeviceStanding.ONLINE;
      case DEVICE_STATUS_OFFLINE -> DeviceStanding.OFFLINE;
      case DEVICE_STATUS_CALIBRATING -> DeviceStanding.CALIBRATING;
      case DEVICE_STATUS_MAINTENANCE -> DeviceStanding.MAINTENANCE;
      case DEVICE_STATUS_ERROR_STATUS, DEVICE_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          DeviceStanding.ERROR;
    };
  }
}
