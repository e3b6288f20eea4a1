package dev.reeve.gateway.eigen;

import java.util.Map;

/// The result of a finished job, before it is put into the words of a package.
///
/// @param counts bit string to how often it was measured; empty unless it is done
/// @param metadata facts of the run
/// @param completedAtMicros microseconds since 1970 UTC
record ResultsView(
    String jobId,
    ClientState state,
    Map<String, Long> counts,
    Map<String, String> metadata,
    Ending ending,
    long completedAtMicros) {
  ResultsView {
    counts = Map.copyOf(counts);
    metadata = Map.copyOf(metadata);
  }
}
