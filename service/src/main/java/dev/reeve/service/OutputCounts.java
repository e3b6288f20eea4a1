package dev.reeve.service;

import dev.reeve.policy.OutputRule;
import dev.reeve.policy.OutputVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What became of outputs by our own policy, counted in memory since the start. Safe on any thread.
public final class OutputCounts {
  /// Stands for further rules once so many were told apart: policies come and go.
  public static final String OTHER_RULES = "*";

  private static final int KEYS_MAX = 4_096;

  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

  /// Whose outputs they are.
  public enum Source {
    /// Results of jobs.
    JOB,
    /// What somebody else holds and asks about.
    CHECK,
    /// Answers of models; of a stream each part that is looked at.
    MODEL
  }

  private record Key(Source source, OutputRule.Action action, String ruleId) {}

  /// One count.
  ///
  /// @param action what became of them
  /// @param ruleId the rule that decided; empty when none did
  /// @param count how many
  public record Count(Source source, OutputRule.Action action, String ruleId, long count) {}

  /// Counts what became of one output.
  public void count(Source source, OutputVerdict verdict) {
    count(source, verdict.action(), verdict.ruleId());
  }

  /// @param ruleId empty when no rule decided
  public void count(Source source, OutputRule.Action action, String ruleId) {
    Key key = new Key(source, action, ruleId);
    LongAdder known = counts.get(key);
    if (known == null) {
      boolean full = counts.size() >= KEYS_MAX;
      known =
          counts.computeIfAbsent(
              full ? new Key(source, action, OTHER_RULES) : key, _ -> new LongAdder());
    }
    known.increment();
  }

  /// All of them, by source, action and rule.
  public List<Count> all() {
    return counts.entrySet().stream()
        .map(entry ->
            new Count(
                entry.getKey().source(),
                entry.getKey().action(),
                entry.getKey().ruleId(),
                entry.getValue().sum()))
        .sorted(
            Comparator.comparing(Count::source)
                .thenComparing(Count::action)
                .thenComparing(Count::ruleId))
        .toList();
  }
}
