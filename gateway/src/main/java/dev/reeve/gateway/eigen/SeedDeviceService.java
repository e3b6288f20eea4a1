package dev.reeve.gateway.eigen;

import static dev.reeve.gateway.eigen.PublicCodec.as;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen_api.v1.DeviceDetailsRequest;
import dev.reeve.wire.eigen_api.v1.DeviceDetailsResponse;
import dev.reeve.wire.eigen_api.v1.DeviceServiceGrpc;
import dev.reeve.wire.eigen_api.v1.DeviceStatusRequest;
import dev.reeve.wire.eigen_api.v1.DeviceStatusResponse;
import dev.reeve.wire.eigen_api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen_api.v1.ListDevicesResponse;
import dev.reeve.wire.eigen_api.v1.ReserveDeviceRequest;
import dev.reeve.wire.eigen_api.v1.ReserveDeviceResponse;
import io.grpc.stub.StreamObserver;

/// `eigen_api.v1.DeviceService`, the names of the first RFC.
final class SeedDeviceService implements DeviceServiceGrpc.AsyncService {
  private final PublicDevices devices;
  private final Replies replies;

  SeedDeviceService(PublicDevices devices, Replies replies) {
    this.devices = devices;
    this.replies = replies;
  }

  @Override
  public void listDevices(
      ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
    replies.reply(
        observer,
        () -> devices.list(as(request, dev.reeve.wire.eigen.api.v1.ListDevicesRequest.parser())),
        response -> as(response, ListDevicesResponse.parser()));
  }

  @Override
  public void getDeviceDetails(
      DeviceDetailsRequest request, StreamObserver<DeviceDetailsResponse> observer) {
    replies.reply(
        observer,
        () -> devices.details(as(request, GetDeviceDetailsRequest.parser())),
        response -> as(response, DeviceDetailsResponse.parser()));
  }

  @Override
  public void getDeviceStatus(
      DeviceStatusRequest request, StreamObserver<DeviceStatusResponse> observer) {
    replies.reply(
        observer,
        () -> devices.status(as(request, GetDeviceStatusRequest.parser())),
        response -> as(response, DeviceStatusResponse.parser()));
  }

  @Override
  public void reserveDevice(
      ReserveDeviceRequest request, StreamObserver<ReserveDeviceResponse> observer) {
    replies.reply(
        observer,
        () ->
            devices.reserve(as(request, dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest.parser())),
        response -> as(response, ReserveDeviceResponse.parser()));
  }
}
