package dev.reeve.gateway.node;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.Statuses;
import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.service.driver.DriverReport;
import dev.reeve.service.driver.DriverRun;
import dev.reeve.service.node.SimulatorNode;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceRequest;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceResponse;
import dev.reeve.wire.eigen.internal.v1.CircuitFormat;
import dev.reeve.wire.eigen.internal.v1.DeviceInfo;
import dev.reeve.wire.eigen.internal.v1.DeviceStatus;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.internal.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.internal.v1.ListDevicesResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The driver contract over the simulators of a node.
final class NodeService implements DriverManagerServiceGrpc.AsyncService {
  private static final Logger log = LoggerFactory.getLogger(NodeService.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final SimulatorNode node;
  private final Executor runs;

  /// @param runs computes; rejects what is too much
  NodeService(SimulatorNode node, Executor runs) {
    this.node = node;
    this.runs = runs;
  }

  @Override
  public void listDevices(
      ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
    DriverReport report = node.report();
    answer(
        observer,
        ListDevicesResponse.newBuilder()
            .addDevices(
                DeviceInfo.newBuilder()
                    .setDeviceId(report.id())
                    .setName(report.name())
                    .setBackendType(report.backendType())
                    .setStatus(DeviceStatus.DEVICE_STATUS_ONLINE)
                    .setQueueDepth(report.queueDepth())
                    .putAllCapabilities(report.facts()))
            .build());
  }

  @Override
  public void getDeviceStatus(
      GetDeviceStatusRequest request, StreamObserver<GetDeviceStatusResponse> observer) {
    try {
      node.require(request.getDeviceId());
      answer(
          observer,
          GetDeviceStatusResponse.newBuilder()
              .setDeviceId(request.getDeviceId())
              .setStatus(DeviceStatus.DEVICE_STATUS_ONLINE)
              .setQueueDepth(node.report().queueDepth())
              .build());
    } catch (ProblemException e) {
      refuse(observer, e);
    }
  }

  @Override
  public void executeCircuit(
      ExecuteCircuitRequest request, StreamObserver<ExecuteCircuitResponse> observer) {
    if (request.getPayload().getFormat() != CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT) {
      observer.onError(
          Status.UNIMPLEMENTED
              .withDescription("payload.format (expected: QASM3_TEXT)")
              .asRuntimeException());
      return;
    }
    ServerCallStreamObserver<ExecuteCircuitResponse> call =
        (ServerCallStreamObserver<ExecuteCircuitResponse>) observer;
    // Without a handler the library would throw at an answer that nobody waits for any more.
    call.setOnCancelHandler(() -> log.debug("run given up job={}", request.getJobId()));
    node.begin();
    try {
      runs.execute(() -> run(request, call));
    } catch (RejectedExecutionException e) {
      node.end();
      observer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("as many runs wait as this node keeps (expected: fewer at once)")
              .asRuntimeException());
    }
  }

  private void run(
      ExecuteCircuitRequest request, ServerCallStreamObserver<ExecuteCircuitResponse> call) {
    long begin = System.nanoTime();
    DriverRun asked =
        new DriverRun(
            request.getJobId(),
            request.getDeviceId(),
            Bytes.wrap(request.getPayload().getData().toByteArray()),
            request.getShots(),
            request.getOptionsMap());
    String shard = request.getOptionsOrDefault("shard", request.getJobId());
    try {
      log.info("run shard={} shots={}", shard, asked.shots());
      SimulationResult result = node.run(asked, call::isCancelled);
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      answer(
          call,
          ExecuteCircuitResponse.newBuilder()
              .putAllCounts(result.counts())
              .setExecutionTimeSec(seconds)
              .putAllMetadata(PortableRun.facts(result))
              .build());
      log.info("ran shard={} seconds={}", shard, seconds);
    } catch (ProblemException e) {
      log.info("not run shard={} reason={}", shard, e.problem().message());
      refuse(call, e);
    } finally {
      node.end();
    }
  }

  @Override
  public void calibrateDevice(
      CalibrateDeviceRequest request, StreamObserver<CalibrateDeviceResponse> observer) {
    observer.onError(
        Status.UNIMPLEMENTED
            .withDescription("a simulator has nothing to calibrate")
            .asRuntimeException());
  }

  private static <T> void answer(StreamObserver<T> observer, T answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  private static void refuse(StreamObserver<?> observer, ProblemException refusal) {
    observer.onError(
        Statuses.codeOf(refusal.problem().kind())
            .toStatus()
            .withDescription(refusal.problem().message())
            .asRuntimeException());
  }
}
