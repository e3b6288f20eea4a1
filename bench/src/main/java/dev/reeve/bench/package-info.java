/// Benchmarks of the whole product: the real server in a process of its own, driven over gRPC, each
/// figure beside the raw limits of the machine and beside a peer, measured in the same run. Nothing
/// here is shipped; `dev/bench` starts [Main]. Load is made by the event loops of the channels and,
/// where arrivals are timed, by the main thread.
@NullMarked
package dev.reeve.bench;

import org.jspecify.annotations.NullMarked;
