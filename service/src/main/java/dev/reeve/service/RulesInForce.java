package dev.reeve.service;

import dev.reeve.engine.WriterPorts;
import dev.reeve.policy.OutputRules;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.VelocityCounter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The policy that decides now, with the generation that the writer checks permits against. Swapped
/// whole; safe on any thread.
public final class RulesInForce implements WriterPorts.Generation {
  private static final OutputRules NO_OUTPUT_RULES = PolicySnapshot.none().outputRules();

  private record InForce(@Nullable PolicySnapshot snapshot, String genome, long generation) {}

  private final SharedScanner scanner;
  private final AtomicReference<InForce> inForce = new AtomicReference<>(new InForce(null, "", 0));

  /// @param scanner looks into content for input rules
  public RulesInForce(SharedScanner scanner) {
    this.scanner = scanner;
  }

  /// Puts a policy in force; permits of the one before are stale from now on.
  public void replace(PolicySnapshot snapshot) {
    inForce.updateAndGet(now -> new InForce(snapshot, now.genome(), now.generation() + 1));
  }

  /// Puts a genome in force; permits under the one before are stale from now on.
  ///
  /// @param id hex of its hash; empty for none
  public void replaceGenome(String id) {
    inForce.updateAndGet(now -> new InForce(now.snapshot(), id, now.generation() + 1));
  }

  @Override
  public String genome() {
    return inForce.get().genome();
  }

  @Override
  public long current() {
    return inForce.get().generation();
  }

  /// Id of the policy in force; empty when there is none.
  public String snapshotId() {
    PolicySnapshot snapshot = inForce.get().snapshot();
    return snapshot == null ? "" : snapshot.id();
  }

  /// The output rules of the policy in force; without a policy there are none.
  OutputRules outputRules() {
    PolicySnapshot snapshot = inForce.get().snapshot();
    return snapshot == null ? NO_OUTPUT_RULES : snapshot.outputRules();
  }

  /// Decides where nothing counts: a rule with velocity asks for a person. Without a policy the
  /// answer is no.
  public Decided decide(PolicyInput input) {
    return decide(input, VelocityCounter.NONE);
  }

  /// Decides with counts. Without a policy the answer is no.
  public Decided decide(PolicyInput input, VelocityCounter velocity) {
    InForce now = inForce.get();
    PolicySnapshot snapshot = now.snapshot();
    PolicyDecision decision =
        snapshot == null
            ? PolicyDecision.NO_POLICY
            : snapshot.decide(input, new PolicyContext(velocity, scanner.forRequest()));
    return new Decided(decision, now.generation());
  }

  /// A decision and the generation it was made under.
  public record Decided(PolicyDecision decision, long generation) {}
}
