package dev.reeve.server;

import dev.reeve.gateway.beamline.worker.BeamlineWorkerSettings;
import java.time.Duration;
import java.util.Set;

/// What can be set of BeamLine workers.
///
/// @param topics of jobs for workers on the common subject
/// @param concurrency jobs at once of a worker that does not say
/// @param enveloped whether assignments have an envelope
/// @param deadlineMultiplier times the expected latency
/// @param deadlineMin at least
/// @param deadlineMax at most
/// @param wholeDeadLetters whether a dead letter holds the message itself
public record BeamlineWorkerConfig(
    Set<String> topics,
    int concurrency,
    boolean enveloped,
    int deadlineMultiplier,
    Duration deadlineMin,
    Duration deadlineMax,
    boolean wholeDeadLetters) {
  public BeamlineWorkerConfig {
    topics = Set.copyOf(topics);
  }

  /// @param tenants that are served; empty for all
  /// @param installation names the log, the same after each restart
  /// @param node names this server
  /// @param replicas copies of streams
  BeamlineWorkerSettings settings(
      Set<String> tenants, String installation, String node, int replicas) {
    return new BeamlineWorkerSettings(
        topics,
        concurrency,
        enveloped,
        deadlineMultiplier,
        deadlineMin.toMillis(),
        deadlineMax.toMillis(),
        wholeDeadLetters,
        tenants,
        installation,
        node,
        replicas);
  }
}
