package dev.reeve.quantum.distributed;

import java.util.Objects;

/// One go at a shard. What comes of it counts only while the shard has no later one.
///
/// @param shard what is run
/// @param attempt goes at this shard so far, this one among them: from 1
/// @param runner who runs it
public record ShardTurn(Shard shard, int attempt, String runner) {
  public ShardTurn {
    Objects.requireNonNull(shard, "shard");
    Objects.requireNonNull(runner, "runner");
  }
}
