/// The job engine: the single writer that decides, commits and answers; queues, timers and leases
/// derived from the jobs; the tail from which watchers read.
///
/// Knows base, ledger and job. Meets the world through `dev.reeve.engine.port`. Nothing here starts
/// a thread: the composition root calls `drain()`.
@NullMarked
package dev.reeve.engine;

import org.jspecify.annotations.NullMarked;
