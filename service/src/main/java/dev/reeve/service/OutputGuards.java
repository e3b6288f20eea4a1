package dev.reeve.service;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.policy.OutputRules;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The output policy in force, made ready once for each policy. Safe on any thread.
public final class OutputGuards {
  private final RulesInForce rules;
  private final SharedScanner scanner;
  private final MonotonicClock clock;
  private final OutputCounts counts = new OutputCounts();
  private final AtomicReference<@Nullable OutputGuard> newest = new AtomicReference<>();

  /// Guards by the policy in force.
  public OutputGuards(RulesInForce rules, SharedScanner scanner, MonotonicClock clock) {
    this.rules = rules;
    this.scanner = scanner;
    this.clock = clock;
  }

  /// The guard of the policy in force.
  public OutputGuard current() {
    OutputRules now = rules.outputRules();
    OutputGuard guard = newest.get();
    if (guard == null || guard.rules() != now) {
      guard = new OutputGuard(now, scanner, clock, counts);
      newest.set(guard);
    }
    return guard;
  }
}
