package dev.reeve.quantum.distributed;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A part of a job's shots.
///
/// @param id of the shard, `JOB-shard-NNN`
/// @param shots at least 1
/// @param seed of its draws
public record Shard(String id, int shots, long seed) {
  /// Most shards of a job.
  public static final int COUNT_MAX = 64;

  public Shard {
    Check.argument(shots >= 1, "shots: %d (expected: >= 1)", shots);
  }

  /// Splits shots as evenly as they can be, into no more shards than there are shots. The first
  /// shard has the seed of the job, each other the one after.
  ///
  /// @param count 1 to [#COUNT_MAX]
  public static List<Shard> split(String jobId, int shots, long seed, int count) {
    Check.argument(
        count >= 1 && count <= COUNT_MAX, "count: %d (expected: 1 to %d)", count, COUNT_MAX);
    int parts = Math.max(1, Math.min(count, shots));
    List<Shard> shards = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      int some = shots / parts + (i < shots % parts ? 1 : 0);
      shards.add(new Shard(String.format(Locale.ROOT, "%s-shard-%03d", jobId, i), some, seed + i));
    }
    return shards;
  }
}
