package dev.reeve.service;

import dev.reeve.engine.WriterPorts;
import dev.reeve.policy.OutputRules;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.VelocityCounter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The policy that decides now, with the generation that the writer checks permits against. Swapped
/// whole; safe on any thread.
public final class RulesInForce implements WriterPorts.Generation {
  private record InForce(PolicySnapshot snapshot, String genome, long generation) {}

  private final SharedScanner scanner;
  private final ShadowPolicies shadows;
  private final AtomicReference<InForce> inForce =
      new AtomicReference<>(new InForce(PolicySnapshot.none(), "", 0));

  /// @param scanner looks into content for input rules
  /// @param shadows policies that are asked beside and decide nothing
  public RulesInForce(SharedScanner scanner, ShadowPolicies shadows) {
    this.scanner = scanner;
    this.shadows = shadows;
  }

  /// Without shadow policies.
  public RulesInForce(SharedScanner scanner) {
    this(scanner, new ShadowPolicies(scanner, InstantSource.fixed(Instant.EPOCH)));
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

  /// The policies that are asked beside it.
  public ShadowPolicies shadows() {
    return shadows;
  }

  /// Id of the policy in force; empty when there is none.
  public String snapshotId() {
    return snapshot().id();
  }

  /// The policy in force; one that denies everything when there is none.
  public PolicySnapshot snapshot() {
    return inForce.get().snapshot();
  }

  /// What one decision needs beside the policy.
  ///
  /// @param velocity counts requests
  public PolicyContext context(VelocityCounter velocity) {
    return new PolicyContext(velocity, scanner.forRequest());
  }

  /// The output rules of the policy in force; without a policy there are none.
  OutputRules outputRules() {
    return snapshot().outputRules();
  }

  /// Decides where nothing counts: a rule with velocity asks for a person. Without a policy the
  /// answer is no.
  public Decided decide(PolicyInput input) {
    return decide(input, VelocityCounter.NONE);
  }

  /// Decides with counts. Without a policy the answer is no.
  public Decided decide(PolicyInput input, VelocityCounter velocity) {
    InForce now = inForce.get();
    PolicyDecision decision = now.snapshot().decide(input, context(velocity));
    shadows.compare(decision, input);
    return new Decided(decision, now.generation());
  }

  /// A decision and the generation it was made under.
  public record Decided(PolicyDecision decision, long generation) {}
}
