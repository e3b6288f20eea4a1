package dev.reeve.service.quantum;

import dev.reeve.quantum.distributed.ShardRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What became of shards since the start. Safe on any thread.
final class ShardCounts {
  private final LongAdder here = new LongAdder();
  private final LongAdder nodes = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder mergeFailures = new LongAdder();

  /// The shards of a job that has its result.
  ///
  /// @param name what records call this server
  void merged(List<ShardRecord> records, String name) {
    for (ShardRecord record : records) {
      (record.last().runner().equals(name) ? here : nodes).increment();
      retries.add(record.losses().size());
    }
  }

  /// Too few shards of a job came.
  void notMerged() {
    mergeFailures.increment();
  }

  /// By the names of their metrics.
  Map<String, Long> all() {
    return Map.of(
        "shards{runner=\"server\"}", here.sum(),
        "shards{runner=\"node\"}", nodes.sum(),
        "shard_retries", retries.sum(),
        "merge_failures", mergeFailures.sum());
  }
}
