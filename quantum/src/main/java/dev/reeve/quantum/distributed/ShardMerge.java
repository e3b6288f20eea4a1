package dev.reeve.quantum.distributed;

import dev.reeve.quantum.simulator.Expectation;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts the results of shards together: counts and shots add up, means are weighted by shots.
public final class ShardMerge {
  private ShardMerge() {}

  /// What came of a merge.
  ///
  /// @param reason why
  /// @param result present when there is one
  /// @param merged how many shards are in it
  public record Merged(MergeReason reason, Optional<SimulationResult> result, int merged) {}

  /// Merges by a policy.
  ///
  /// @param plan the shards that were asked for
  /// @param results of those that succeeded, by id
  /// @param failed ids of those that failed
  public static Merged merge(
      List<Shard> plan,
      SortedMap<String, SimulationResult> results,
      Set<String> failed,
      MergePolicy policy) {
    MergeReason reason = reason(plan, results, failed, policy);
    return new Merged(
        reason,
        reason.isMerged() ? Optional.of(sum(plan, results)) : Optional.empty(),
        results.size());
  }

  private static MergeReason reason(
      List<Shard> plan,
      Map<String, SimulationResult> results,
      Set<String> failed,
      MergePolicy policy) {
    if (!isValid(plan, results)) {
      return MergeReason.MERGE_VALIDATION_FAILED;
    }
    if (results.size() == plan.size()) {
      return MergeReason.ALL_SHARDS_MERGED;
    }
    return switch (policy) {
      case MergePolicy.All _ ->
          failed.isEmpty()
              ? MergeReason.MISSING_EXPECTED_SHARDS
              : MergeReason.FAILED_SHARDS_PRESENT;
      case MergePolicy.Quorum quorum -> quorum(results.size() >= quorum.minSuccessfulShards());
      case MergePolicy.WeightedQuorum quorum ->
          quorum(!results.isEmpty() && weight(plan, results) >= quorum.minimumWeight());
      case MergePolicy.BestEffort _ ->
          results.isEmpty()
              ? MergeReason.FAILED_SHARDS_PRESENT
              : MergeReason.PARTIAL_MERGE_COMPLETED;
    };
  }

  private static MergeReason quorum(boolean reached) {
    return reached ? MergeReason.QUORUM_SATISFIED : MergeReason.QUORUM_NOT_REACHED;
  }

  private static boolean isValid(List<Shard> plan, Map<String, SimulationResult> results) {
    int known = 0;
    for (Shard shard : plan) {
      SimulationResult result = results.get(shard.id());
      if (result != null) {
        known++;
        long counted = result.counts().values().stream().mapToLong(Long::longValue).sum();
        if (counted != shard.shots()) {
          return false;
        }
      }
    }
    return known == results.size();
  }

  private static double weight(List<Shard> plan, Map<String, SimulationResult> results) {
    long all = 0;
    long done = 0;
    for (Shard shard : plan) {
      all += shard.shots();
      done += results.containsKey(shard.id()) ? shard.shots() : 0;
    }
    return (double) done / all;
  }

  private static SimulationResult sum(
      List<Shard> plan, SortedMap<String, SimulationResult> results) {
    SimulationResult first = results.values().iterator().next();
    SortedMap<String, Long> counts = new TreeMap<>();
    List<String> memory = new ArrayList<>();
    int shots = 0;
    for (SimulationResult result : results.values()) {
      result.counts().forEach((outcome, times) -> counts.merge(outcome, times, Long::sum));
      memory.addAll(result.found().memory());
      shots += result.shots();
    }
    List<Expectation> expectations = new ArrayList<>();
    for (int i = 0; i < first.found().expectations().size(); i++) {
      expectations.add(mean(i, results, shots));
    }
    return new SimulationResult(
        counts,
        new SimulationResult.Found(
            first.found().probabilities(), memory, first.found().amplitudes(), expectations),
        shots,
        plan.getFirst().seed(),
        first.method(),
        first.qubits(),
        first.simulatedQubits(),
        first.metrics(),
        first.measuredAtEnd(),
        first.memoryBytes(),
        first.more());
  }

  /// The errors of independent means add up by their squares.
  private static Expectation mean(
      int observable, SortedMap<String, SimulationResult> results, int shots) {
    double value = 0;
    double square = 0;
    double error = 0;
    for (SimulationResult result : results.values()) {
      Expectation each = result.found().expectations().get(observable);
      double share = (double) result.shots() / shots;
      value += share * each.value();
      square += share * (each.variance().orElse(Double.NaN) + each.value() * each.value());
      error += share * share * each.standardError() * each.standardError();
    }
    double variance = square - value * value;
    return new Expectation(
        value,
        Double.isNaN(variance) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, variance)),
        Math.sqrt(error));
  }
}
