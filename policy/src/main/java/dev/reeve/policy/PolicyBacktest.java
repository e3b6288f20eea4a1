package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds up what a candidate would have changed. Keeps counts for every tenant and some examples.
/// Not thread-safe.
public final class PolicyBacktest {
  /// Most tenants that are counted by name; the others are counted together as `*`.
  public static final int TENANTS_MAX = 10_000;

  private final int examplesMax;
  private final Map<String, Counts> byTenant = new TreeMap<>();
  private final List<Example> examples = new ArrayList<>();

  /// @param decided requests in all
  /// @param flipped of these, how many the candidate decides otherwise
  /// @param loosened of these, how many it would let run that did not
  public record Counts(long decided, long flipped, long loosened) {
    Counts plus(SimulatedDecision one) {
      return new Counts(
          decided + 1, flipped + (one.flips() ? 1 : 0), loosened + (one.loosens() ? 1 : 0));
    }
  }

  /// @param reference what the caller calls the request, such as a job id
  public record Example(String reference, SimulatedDecision decision) {}

  /// @param examplesMax most flips that are kept whole
  public PolicyBacktest(int examplesMax) {
    this.examplesMax = examplesMax;
  }

  /// Adds a decision.
  public void add(String reference, SimulatedDecision decision) {
    boolean known = byTenant.containsKey(decision.tenant()) || byTenant.size() < TENANTS_MAX;
    String tenant = known ? decision.tenant() : "*";
    byTenant.merge(
        tenant, new Counts(0, 0, 0).plus(decision), (counts, _) -> counts.plus(decision));
    if (decision.flips() && examples.size() < examplesMax) {
      examples.add(new Example(reference, decision));
    }
  }

  /// What was added, by tenant.
  public Map<String, Counts> byTenant() {
    return Map.copyOf(byTenant);
  }

  /// The first flips.
  public List<Example> examples() {
    return List.copyOf(examples);
  }

  /// Whether nothing would change, so that publishing may go on.
  public boolean isUnchanged() {
    return byTenant.values().stream().allMatch(counts -> counts.flipped() == 0);
  }
}
