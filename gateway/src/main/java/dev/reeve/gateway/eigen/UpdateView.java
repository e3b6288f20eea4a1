package dev.reeve.gateway.eigen;

import java.util.Optional;

/// One event of a job, before it is put into the words of a package.
///
/// @param stage the exact state, or what its executor says it does
/// @param progress 0 to 0.99, and 1 when the job has ended
/// @param seq from 1 without gaps
/// @param atMicros microseconds since 1970 UTC
record UpdateView(
    String jobId,
    ClientState state,
    String stage,
    float progress,
    String message,
    long seq,
    long atMicros,
    Optional<Topology> topology) {}
