package dev.reeve.service.driver;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.service.ServiceProblems;

/// What a driver refused, as a problem for whoever asked.
final class DriverRefusals {
  private DriverRefusals() {}

  static Problem of(String deviceId, DriverException failure) {
    ProblemCode code =
        switch (failure.kind()) {
          case UNAVAILABLE, ABORTED, INTERNAL, UNAUTHENTICATED, RESOURCE_EXHAUSTED ->
              ServiceProblems.DEVICE_DRIVER_DOWN;
          case DEADLINE_EXCEEDED -> ServiceProblems.DEVICE_DRIVER_SLOW;
          case INVALID_ARGUMENT, FAILED_PRECONDITION, PERMISSION_DENIED ->
              ServiceProblems.DEVICE_DRIVER_REFUSED;
          case UNIMPLEMENTED -> ServiceProblems.DEVICE_NOT_CALIBRATED;
        };
    return code.because(deviceId + ": " + failure.kind() + ": " + failure.getMessage())
        .with("device_id", deviceId);
  }
}
