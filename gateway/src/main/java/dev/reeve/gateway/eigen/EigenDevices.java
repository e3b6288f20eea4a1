package dev.reeve.gateway.eigen;

import dev.reeve.base.Text;
import dev.reeve.gateway.CallScope;
import dev.reeve.service.Caller;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceView;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.service.reservation.Reservation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The device calls of this dialect over neutral records. Never blocks.
final class EigenDevices {
  private static final int FIELD_LENGTH_MAX = 128;

  private final DeviceDesk desk;
  private final DeviceReservations reservations;
  private final Executor blocking;

  /// @param blocking may wait for a disk
  EigenDevices(DeviceDesk desk, DeviceReservations reservations, Executor blocking) {
    this.desk = desk;
    this.reservations = reservations;
    this.blocking = blocking;
  }

  /// @param backendType equal to it; empty for all
  CompletableFuture<List<DeviceView>> list(String backendType, CallEnvelope envelope) {
    CallGate.admit(CallScope.current(), envelope);
    return desk.list(backendType);
  }

  CompletableFuture<DeviceView> find(String deviceId, CallEnvelope envelope) {
    CallGate.admit(CallScope.current(), envelope);
    return found(deviceId);
  }

  /// Takes a slot; fails as [DeviceReservations#reserve] does.
  CompletableFuture<Reservation> reserve(
      String deviceId, int ttlSeconds, String purpose, CallEnvelope envelope) {
    Caller caller = CallGate.admit(CallScope.current(), envelope).caller();
    return found(deviceId)
        .thenApplyAsync(
            device -> reservations.reserve(caller, device, ttlSeconds, purpose), blocking);
  }

  /// Has a device measure itself; the reference of what it found.
  CompletableFuture<String> calibrate(String deviceId, Map<String, String> options) {
    CallGate.admit(CallScope.current(), CallEnvelope.NONE);
    return found(deviceId)
        .thenCompose(_ -> desk.calibrate("device_id", deviceId, Map.copyOf(options)));
  }

  private CompletableFuture<DeviceView> found(String deviceId) {
    if (deviceId.isEmpty() || deviceId.length() > FIELD_LENGTH_MAX) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .because(
              "device_id: "
                  + (deviceId.isEmpty() ? "missing" : Text.quoteForMessage(deviceId))
                  + " (expected: vendor:device)")
          .withField("device_id", "expected: vendor:device")
          .toException();
    }
    return desk.find("device_id", deviceId);
  }
}
