package dev.reeve.quantum.distributed;

/// Why shards were merged, or not.
public enum MergeReason {
  /// All came.
  ALL_SHARDS_MERGED("AllShardsMerged", true),
  /// Enough came.
  QUORUM_SATISFIED("QuorumSatisfied", true),
  /// Some came, and that is all that was asked for.
  PARTIAL_MERGE_COMPLETED("PartialMergeCompleted", true),
  /// Too few came.
  QUORUM_NOT_REACHED("QuorumNotReached", false),
  /// Shards of the plan are absent.
  MISSING_EXPECTED_SHARDS("MissingExpectedShards", false),
  /// Shards failed that had to succeed.
  FAILED_SHARDS_PRESENT("FailedShardsPresent", false),
  /// A shard has other shots than it was given, or is none of the plan.
  MERGE_VALIDATION_FAILED("MergeValidationFailed", false);

  private final String word;
  private final boolean merged;

  MergeReason(String word, boolean merged) {
    this.word = word;
    this.merged = merged;
  }

  /// Its name in results.
  public String word() {
    return word;
  }

  /// Whether there is a result.
  public boolean isMerged() {
    return merged;
  }
}
