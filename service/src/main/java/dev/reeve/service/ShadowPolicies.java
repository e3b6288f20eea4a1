package dev.reeve.service;

import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.SimulatedDecision;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Policies that are asked beside the one in force and decide nothing. Each counts for itself.
/// Swapped whole; safe on any thread.
public final class ShadowPolicies {
  private static final int ENTRIES_MAX = 100_000;

  private final SharedScanner scanner;
  private final InstantSource clock;
  private volatile List<Shadow> shadows = List.of();

  /// One of them, and what it would have changed since it was loaded.
  public static final class Shadow {
    private final String name;
    private final PolicySnapshot policy;
    private final VelocityWindows counts;
    private final LongAdder decided = new LongAdder();
    private final LongAdder flipped = new LongAdder();
    private final LongAdder loosened = new LongAdder();

    private Shadow(String name, PolicySnapshot policy, VelocityWindows counts) {
      this.name = name;
      this.policy = policy;
      this.counts = counts;
    }

    /// Name of its file.
    public String name() {
      return name;
    }

    /// Id of the policy.
    public String snapshotId() {
      return policy.id();
    }

    /// Requests that it and the policy in force have decided.
    public long decided() {
      return decided.sum();
    }

    /// Of these, how many it decides otherwise.
    public long flipped() {
      return flipped.sum();
    }

    /// Of these, how many it would let run that do not.
    public long loosened() {
      return loosened.sum();
    }

    private void compare(PolicyDecision inForce, PolicyInput input, SharedScanner scanner) {
      SimulatedDecision both =
          SimulatedDecision.against(
              inForce, policy, input, new PolicyContext(counts, scanner.forRequest()));
      decided.increment();
      if (both.flips()) {
        flipped.increment();
      }
      if (both.loosens()) {
        loosened.increment();
      }
    }
  }

  /// @param scanner looks into content for their input rules
  /// @param clock tells the time to their counts
  public ShadowPolicies(SharedScanner scanner, InstantSource clock) {
    this.scanner = scanner;
    this.clock = clock;
  }

  /// Puts a policy beside the one in force; one of the same name and state goes on counting.
  public synchronized void replace(List<Named> policies) {
    shadows =
        policies.stream()
            .map(named ->
                shadows.stream()
                    .filter(old -> old.name.equals(named.name()))
                    .filter(old -> old.policy.id().equals(named.policy().id()))
                    .findFirst()
                    .orElseGet(() ->
                        new Shadow(
                            named.name(), named.policy(), new VelocityWindows(clock, ENTRIES_MAX))))
            .toList();
  }

  /// A policy and the name of its file.
  public record Named(String name, PolicySnapshot policy) {}

  /// All of them.
  public List<Shadow> all() {
    return shadows;
  }

  /// Asks each what it would have decided.
  public void compare(PolicyDecision inForce, PolicyInput input) {
    for (Shadow shadow : shadows) {
      shadow.compare(inForce, input, scanner);
    }
  }
}
