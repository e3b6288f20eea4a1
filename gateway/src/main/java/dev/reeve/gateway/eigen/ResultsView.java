package dev.reeve.gateway.eigen;

import java.util.Collections;
import java.util.LinkedHashMap;
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
    // In the order given: a result must be the same bytes whenever it is read, and the order of
    // Map.copyOf changes with each process.
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
