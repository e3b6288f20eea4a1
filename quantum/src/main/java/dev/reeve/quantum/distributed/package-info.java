/// Runs whose shots are split into shards, simulated side by side, here and at nodes, and merged by
/// a policy. Who the nodes are and how they are reached is decided elsewhere. Runs on the calling
/// thread and those that help it; what nodes answer comes on their threads.
@NullMarked
package dev.reeve.quantum.distributed;

import org.jspecify.annotations.NullMarked;
