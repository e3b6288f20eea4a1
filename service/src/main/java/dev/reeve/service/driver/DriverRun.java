package dev.reeve.service.driver;

import dev.reeve.base.Bytes;
import java.util.Map;

/// A circuit for a driver.
///
/// @param jobId the job that it belongs to: the same in every attempt
/// @param deviceId what the driver calls the device
/// @param program OpenQASM 3
/// @param shots how often to measure
/// @param options `seed` when the job has one, `attempt`, and others of the contract
public record DriverRun(
    String jobId, String deviceId, Bytes program, int shots, Map<String, String> options) {
  public DriverRun {
    options = Map.copyOf(options);
  }
}
