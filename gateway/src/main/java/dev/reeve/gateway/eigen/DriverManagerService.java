package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceRequest;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceResponse;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.internal.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.internal.v1.ListDevicesResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// `eigen.internal.v1.DriverManagerService`, on the internal listener alone.
final class DriverManagerService implements DriverManagerServiceGrpc.AsyncService {
  private final DriverCalls calls;
  private final Replies replies = new Replies(new DriverProblemTable());

  DriverManagerService(DriverCalls calls) {
    this.calls = calls;
  }

  @Override
  public void listDevices(
      ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
    replies.reply(observer, calls::list, Function.identity());
  }

  @Override
  public void getDeviceStatus(
      GetDeviceStatusRequest request, StreamObserver<GetDeviceStatusResponse> observer) {
    replies.reply(observer, () -> calls.status(request), Function.identity());
  }

  @Override
  public void executeCircuit(
      ExecuteCircuitRequest request, StreamObserver<ExecuteCircuitResponse> observer) {
    replies.reply(observer, () -> calls.execute(request), Function.identity());
  }

  @Override
  public void calibrateDevice(
      CalibrateDeviceRequest request, StreamObserver<CalibrateDeviceResponse> observer) {
    replies.reply(observer, () -> calls.calibrate(request), Function.identity());
  }
}
