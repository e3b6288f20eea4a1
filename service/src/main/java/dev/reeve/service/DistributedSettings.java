package dev.reeve.service;

import dev.reeve.quantum.distributed.MergePolicy;
import dev.reeve.quantum.distributed.Shard;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the compiler options of a quantum job say about splitting its shots: `distributed.enabled`,
/// `distributed.partition_count` (default 2), `distributed.target`, `distributed.queue_provider`,
/// `distributed.topology_hint`; and `distributed.merge_policy`, one of `all` (the default),
/// `quorum` with `distributed.min_successful_shards`, `weighted_quorum` with
/// `distributed.minimum_weight`, and `best_effort`.
///
/// @param shards 1 to [Shard#COUNT_MAX]
/// @param policy how many of them have to come
public record DistributedSettings(int shards, MergePolicy policy) {
  /// What the number of shards has to be, for messages.
  public static final String COUNT_EXPECTED = "an integer, 1 to " + Shard.COUNT_MAX;

  private static final String PREFIX = "distributed.";
  private static final int SHARDS_DEFAULT = 2;
  private static final List<String> TARGETS =
      List.of("cluster", "cluster:auto", "cluster:gpu", "cluster:quantum");
  private static final List<String> QUEUES = List.of("memory", "redis", "sqs");
  private static final List<String> HINTS = List.of("data_parallel", "pipeline");
  private static final List<String> POLICIES =
      List.of("all", "quorum", "weighted_quorum", "best_effort");

  /// What is wrong with the options of a submit: what is expected, by key.
  public static SortedMap<String, String> mistakes(Map<String, String> options) {
    SortedMap<String, String> mistakes = new TreeMap<>();
    oneOf(options, "enabled", List.of("true", "false"), mistakes);
    oneOf(options, "target", TARGETS, mistakes);
    oneOf(options, "queue_provider", QUEUES, mistakes);
    oneOf(options, "topology_hint", HINTS, mistakes);
    oneOf(options, "merge_policy", POLICIES, mistakes);
    for (String count : List.of("partition_count", "min_successful_shards")) {
      String text = options.getOrDefault(PREFIX + count, "1");
      if (!isCount(number(text))) {
        mistakes.put(PREFIX + count, COUNT_EXPECTED);
      }
    }
    double weight = number(options.getOrDefault(PREFIX + "minimum_weight", "1"));
    if (!(weight > 0 && weight <= 1)) {
      mistakes.put(PREFIX + "minimum_weight", "a number above 0, at most 1");
    }
    return mistakes;
  }

  private static void oneOf(
      Map<String, String> options,
      String key,
      List<String> words,
      SortedMap<String, String> mistakes) {
    String text = options.get(PREFIX + key);
    if (text != null && !words.contains(text)) {
      mistakes.put(PREFIX + key, String.join(", ", words));
    }
  }

  /// Whether a job may be split into so many shards.
  public static boolean isCount(double number) {
    return number >= 1 && number <= Shard.COUNT_MAX && number == Math.rint(number);
  }

  /// The options of a job that is to be split into so many shards.
  public static Map<String, String> into(int shards) {
    return Map.of(PREFIX + "enabled", "true", PREFIX + "partition_count", Integer.toString(shards));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /// The settings of options that have no mistake; empty when the job is not to be split.
  public static Optional<DistributedSettings> of(Map<String, String> options) {
    if (!options.getOrDefault(PREFIX + "enabled", "false").equals("true")) {
      return Optional.empty();
    }
    int shards = count(options, "partition_count", SHARDS_DEFAULT);
    MergePolicy policy =
        switch (options.getOrDefault(PREFIX + "merge_policy", "all")) {
          case "quorum" -> new MergePolicy.Quorum(count(options, "min_successful_shards", shards));
          case "weighted_quorum" ->
              new MergePolicy.WeightedQuorum(
                  number(options.getOrDefault(PREFIX + "minimum_weight", "1")));
          case "best_effort" -> new MergePolicy.BestEffort();
          default -> new MergePolicy.All();
        };
    return Optional.of(new DistributedSettings(shards, policy));
  }

  private static int count(Map<String, String> options, String key, int absent) {
    return (int) number(options.getOrDefault(PREFIX + key, Integer.toString(absent)));
  }
}
