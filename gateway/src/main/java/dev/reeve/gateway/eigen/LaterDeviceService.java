package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.DeviceServiceGrpc;
import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsResponse;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.api.v1.ListDevicesResponse;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// `eigen.api.v1.DeviceService`.
final class LaterDeviceService implements DeviceServiceGrpc.AsyncService {
  private final PublicDevices devices;
  private final Replies replies;

  LaterDeviceService(PublicDevices devices, Replies replies) {
    this.devices = devices;
    this.replies = replies;
  }

  @Override
  public void listDevices(
      ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
    replies.reply(observer, () -> devices.list(request), Function.identity());
  }

  @Override
  public void getDeviceDetails(
      GetDeviceDetailsRequest request, StreamObserver<GetDeviceDetailsResponse> observer) {
    replies.reply(observer, () -> devices.details(request), Function.identity());
  }

  @Override
  public void getDeviceStatus(
      GetDeviceStatusRequest request, StreamObserver<GetDeviceStatusResponse> observer) {
    replies.reply(observer, () -> devices.status(request), Function.identity());
  }

  @Override
  public void reserveDevice(
      ReserveDeviceRequest request, StreamObserver<ReserveDeviceResponse> observer) {
    replies.reply(observer, () -> devices.reserve(request), Function.identity());
  }
}
