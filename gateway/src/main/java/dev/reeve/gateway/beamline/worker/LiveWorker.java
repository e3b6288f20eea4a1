package dev.reeve.gateway.beamline.worker;

import java.util.List;
import java.util.Map;

/// A BeamLine worker that gave a sign of life lately.
///
/// @param subject where it listens; who listen on one share its jobs
/// @param running jobs in its hands
/// @param concurrency jobs it takes at once
/// @param load as it says itself, 1 for a machine that is full
/// @param status `ready`, `busy` or `degraded`
/// @param silentMillis time since its last sign
public record LiveWorker(
    String workerId,
    String subject,
    List<String> topics,
    int running,
    int concurrency,
    double load,
    String status,
    Map<String, String> labels,
    long silentMillis) {
  public LiveWorker {
    topics = List.copyOf(topics);
    labels = Map.copyOf(labels);
  }
}
