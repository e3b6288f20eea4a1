package dev.reeve.server;

import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import java.time.Duration;
import java.util.Optional;

/// The deciders outside of this process.
///
/// @param openTime how long one that fails is not asked
/// @param safetyKernel asked about jobs
/// @param outputPolicy asked about results
public record DeciderConfig(
    Duration openTime, Optional<SafetyKernel> safetyKernel, Optional<OutputPolicy> outputPolicy) {
  /// @param target where it is
  /// @param failModes what holds while it does not answer
  /// @param timeout of one answer
  public record SafetyKernel(RemoteTarget target, FailModes failModes, Duration timeout) {}

  /// @param target where it is
  /// @param failMode what holds while it does not answer
  /// @param metadataTimeout of an answer without the content
  /// @param contentTimeout of an answer with the content
  public record OutputPolicy(
      RemoteTarget target, FailMode failMode, Duration metadataTimeout, Duration contentTimeout) {}
}
