package dev.reeve.quantum.distributed;

import java.util.List;
import java.util.Objects;

/// What became of a shard.
///
/// @param last the go that counts
/// @param losses of the goes before it, in their order
public record ShardRecord(ShardTurn last, List<Loss> losses) {
  /// A go that brought nothing.
  ///
  /// @param turn which one
  /// @param reason one line for people
  public record Loss(ShardTurn turn, String reason) {}

  public ShardRecord {
    Objects.requireNonNull(last, "last");
    losses = List.copyOf(losses);
  }
}
