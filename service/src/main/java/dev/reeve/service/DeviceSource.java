package dev.reeve.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A device as whoever looks after it knows it. Safe on any thread; never blocks.
public interface DeviceSource {
  /// What is known of it now.
  DeviceFacts facts();

  /// Whether it can take work, apart from whether anybody here executes its jobs.
  default DeviceStanding standing() {
    return DeviceStanding.ONLINE;
  }

  /// Further facts of the moment; empty for none.
  default Map<String, String> moment() {
    return Map.of();
  }

  /// The noise of its figures, as a model of noise is written; empty when it states none.
  default Optional<String> noise() {
    return Optional.empty();
  }

  /// Measures itself and gives the reference under which what it found is known; by default fails
  /// with `DEVICE_NOT_CALIBRATED`.
  default CompletableFuture<String> calibrate(Map<String, String> options) {
    return CompletableFuture.failedFuture(
        ServiceProblems.DEVICE_NOT_CALIBRATED
            .because(facts().id() + " has nothing to calibrate (expected: a device with a driver)")
            .with("device_id", facts().id())
            .toException());
  }

  /// The same device as somebody set it by hand, which weighs more than what it says itself.
  default DeviceSource set(DeviceStanding standing) {
    DeviceSource own = this;
    return new DeviceSource() {
      @Override
      public DeviceFacts facts() {
        return own.facts();
      }

      @Override
      public DeviceStanding standing() {
        return standing;
      }

      @Override
      public Optional<String> noise() {
        return own.noise();
      }

      @Override
      public Map<String, String> moment() {
        return own.moment();
      }

      @Override
      public CompletableFuture<String> calibrate(Map<String, String> options) {
        return own.calibrate(options);
      }
    };
  }
}
