package dev.reeve.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a protocol knows of a worker beyond what the engine does, for listings.
///
/// @param family by what protocol it is connected: `reeve`, `cap`, `beamline`
/// @param name of its program, for people
/// @param version of its program, for people
/// @param labels it has
/// @param capabilities it offers
/// @param pool it is of; may be empty
/// @param parallelMax most jobs at once
/// @param load how busy its machine is, 1 for a job
/// @param sessionId name of its connection; may be empty
/// @param connectedAtMicros microseconds since 1970 UTC
/// @param draining whether it gets no further jobs
public record WorkerFacts(
    String family,
    String name,
    String version,
    Map<String, String> labels,
    List<String> capabilities,
    String pool,
    int parallelMax,
    double load,
    String sessionId,
    long connectedAtMicros,
    boolean draining) {
  public WorkerFacts {
    labels = Map.copyOf(labels);
    capabilities = List.copyOf(capabilities);
  }

  /// Workers that give signs of life and get nothing.
  ///
  /// @param silentMillis time since the last sign
  public record Idle(WorkerFacts facts, long silentMillis) {}

  /// Where facts of workers are found. Safe on any thread; does not block.
  @FunctionalInterface
  public interface Source {
    /// What is known of this worker; empty when nothing is.
    Optional<WorkerFacts> find(String workerId);

    /// Those that give signs of life and get nothing, because they serve no topic; by the id that
    /// they would be known by.
    default Map<String, Idle> withoutTopics() {
      return Map.of();
    }
  }
}
