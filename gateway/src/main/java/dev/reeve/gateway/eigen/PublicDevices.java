package dev.reeve.gateway.eigen;

import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceDetailsResponse;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.api.v1.ListDevicesResponse;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceResponse;
import java.util.concurrent.CompletableFuture;

/// The public device calls in the messages of `eigen.api.v1`.
final class PublicDevices {
  private final EigenDevices devices;

  PublicDevices(EigenDevices devices) {
    this.devices = devices;
  }

  CompletableFuture<ListDevicesResponse> list(ListDevicesRequest request) {
    return devices
        .list(request.getBackendType(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(found ->
            ListDevicesResponse.newBuilder()
                .addAllDevices(found.stream().map(PublicCodec::device).toList())
                .build());
  }

  CompletableFuture<GetDeviceDetailsResponse> details(GetDeviceDetailsRequest request) {
    return devices
        .find(request.getDeviceId(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(device ->
            GetDeviceDetailsResponse.newBuilder().setDevice(PublicCodec.device(device)).build());
  }

  CompletableFuture<GetDeviceStatusResponse> status(GetDeviceStatusRequest request) {
    return devices
        .find(request.getDeviceId(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(PublicCodec::deviceStatus);
  }

  CompletableFuture<ReserveDeviceResponse> reserve(ReserveDeviceRequest request) {
    return devices
        .reserve(
            request.getDeviceId(),
            request.getTtlSeconds(),
            request.getPurpose(),
            CallEnvelope.of(request.getEnvelope()))
        .thenApply(reservation ->
            ReserveDeviceResponse.newBuilder()
                .setReservationId(reservation.id())
                .setExpiresAt(PublicCodec.timestamp(reservation.expiresAtMicros()))
                .build());
  }
}
