package dev.reeve.service.decider;

import dev.reeve.policy.Constraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Limits that keep within two others. A list that grants something holds what both grant; where
/// both say something and nothing is common, there are no such limits, because an empty list would
/// mean no limit at all.
final class StricterConstraints {
  private boolean atOdds;

  private StricterConstraints() {}

  /// The limits within both; empty when there are none.
  static Optional<Constraints> of(Constraints one, Constraints other) {
    StricterConstraints merge = new StricterConstraints();
    Constraints both =
        new Constraints(
            budgets(one.budgets(), other.budgets()),
            merge.sandbox(one.sandbox(), other.sandbox()),
            merge.toolchain(one.toolchain(), other.toolchain()),
            diff(one.diff(), other.diff()),
            merge.word(one.redactionLevel(), other.redactionLevel()));
    return merge.atOdds ? Optional.empty() : Optional.of(both);
  }

  private static Constraints.Budgets budgets(Constraints.Budgets one, Constraints.Budgets other) {
    return new Constraints.Budgets(
        least(one.maxRuntimeMs(), other.maxRuntimeMs()),
        (int) least(one.maxRetries(), other.maxRetries()),
        least(one.maxArtifactBytes(), other.maxArtifactBytes()),
        (int) least(one.maxConcurrentJobs(), other.maxConcurrentJobs()));
  }

  private Constraints.Sandbox sandbox(Constraints.Sandbox one, Constraints.Sandbox other) {
    return new Constraints.Sandbox(
        one.isolated() || other.isolated(),
        common(one.networkAllowlist(), other.networkAllowlist()),
        common(one.fsReadOnly(), other.fsReadOnly()),
        common(one.fsReadWrite(), other.fsReadWrite()));
  }

  private Constraints.Toolchain toolchain(Constraints.Toolchain one, Constraints.Toolchain other) {
    return new Constraints.Toolchain(
        common(one.allowedTools(), other.allowedTools()),
        common(one.allowedCommands(), other.allowedCommands()));
  }

  private static Constraints.Diff diff(Constraints.Diff one, Constraints.Diff other) {
    List<String> denied = new ArrayList<>(one.denyPathGlobs());
    other.denyPathGlobs().stream().filter(glob -> !denied.contains(glob)).forEach(denied::add);
    return new Constraints.Diff(
        (int) least(one.maxFiles(), other.maxFiles()),
        (int) least(one.maxLines(), other.maxLines()),
        denied);
  }

  private static long least(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  private List<String> common(List<String> one, List<String> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<String> both = one.stream().filter(other::contains).toList();
    atOdds |= both.isEmpty();
    return both;
  }

  /// Which of two words is stricter only the installation knows.
  private String word(String one, String other) {
    atOdds |= !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    return one.isEmpty() ? other : one;
  }
}
