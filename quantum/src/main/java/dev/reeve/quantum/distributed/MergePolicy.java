package dev.reeve.quantum.distributed;

import dev.reeve.base.Check;

/// How many shards have to come for a job to have a result.
public sealed interface MergePolicy {
  /// Every one.
  record All() implements MergePolicy {}

  /// So many.
  record Quorum(int minSuccessfulShards) implements MergePolicy {
    public Quorum {
      Check.argument(
          minSuccessfulShards >= 1,
          "min_successful_shards: %d (expected: >= 1)",
          minSuccessfulShards);
    }
  }

  /// Shards that have this share of the shots, or more.
  ///
  /// @param minimumWeight above 0, at most 1
  record WeightedQuorum(double minimumWeight) implements MergePolicy {
    public WeightedQuorum {
      Check.argument(
          minimumWeight > 0 && minimumWeight <= 1,
          "minimum_weight: %s (expected: above 0, at most 1)",
          minimumWeight);
    }
  }

  /// Any.
  record BestEffort() implements MergePolicy {}

  /// Its name in options and results.
  default String word() {
    return switch (this) {
      case All _ -> "all";
      case Quorum quorum -> "quorum(" + quorum.minSuccessfulShards() + ")";
      case WeightedQuorum quorum -> "weighted_quorum(" + quorum.minimumWeight() + ")";
      case BestEffort _ -> "best_effort";
    };
  }
}
