package dev.reeve.gateway.eigen;

import dev.reeve.base.Text;
import dev.reeve.gateway.CallScope;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceView;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The device calls of this dialect over neutral records. Never blocks.
final class EigenDevices {
  private static final int FIELD_LENGTH_MAX = 128;

  private final DeviceDesk desk;

  EigenDevices(DeviceDesk desk) {
    this.desk = desk;
  }

  /// @param backendType equal to it; empty for all
  CompletableFuture<List<DeviceView>> list(String backendType, CallEnvelope envelope) {
    CallGate.admit(CallScope.current(), envelope);
    return desk.list(backendType);
  }

  CompletableFuture<DeviceView> find(String deviceId, CallEnvelope envelope) {
    CallGate.admit(CallScope.current(), envelope);
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
