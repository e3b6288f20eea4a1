package dev.reeve.gateway.eigen;

import java.util.Optional;

/// How a job stands, before it is put into the words of a package.
///
/// @param stage the exact state, or what its executor says it does
/// @param progress 0 to 0.99, and 1 when it has ended
/// @param createdAtMicros microseconds since 1970 UTC
/// @param updatedAtMicros microseconds since 1970 UTC
/// @param ending how it ended, if it did not complete
record StatusView(
    String jobId,
    ClientState state,
    String stage,
    float progress,
    String message,
    long createdAtMicros,
    long updatedAtMicros,
    Ending ending,
    Optional<Topology> topology) {}
