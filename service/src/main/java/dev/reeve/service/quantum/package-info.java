/// Jobs that run circuits: how a job says what it wants, its program in any language, the executor
/// that runs it on simulators of this machine, its shards, and its result. Computes on the threads
/// that executors give it; compiling for callers lives in `dev.reeve.service.circuit`, devices in
/// `dev.reeve.service`.
@NullMarked
package dev.reeve.service.quantum;

import org.jspecify.annotations.NullMarked;
