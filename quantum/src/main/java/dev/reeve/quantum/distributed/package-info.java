/// Runs whose shots are split into shards, simulated side by side and merged by a policy. What a
/// shard costs and where it may run is decided elsewhere. Runs on the calling thread and those that
/// help it.
@NullMarked
package dev.reeve.quantum.distributed;

import org.jspecify.annotations.NullMarked;
