package dev.reeve.service;

import dev.reeve.engine.WriterPorts;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Origin;
import dev.reeve.policy.OutputRules;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.Scope;
import dev.reeve.policy.Tier;
import dev.reeve.policy.VelocityCheck;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.decider.PolicyChain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The policy that decides now, with the generation that the writer checks permits against. Swapped
/// whole; safe on any thread.
public final class RulesInForce implements WriterPorts.Generation {
  /// @param narrow whether parts of it are for single jobs or workflows
  private record InForce(PolicySnapshot snapshot, String genome, long generation, boolean narrow) {}

  private final SharedScanner scanner;
  private final ShadowPolicies shadows;
  private final PolicyChain chain;
  private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
  private final AtomicReference<Supplier<String>> governance = new AtomicReference<>(() -> "");
  private final AtomicReference<JobConsent> consent = new AtomicReference<>(JobConsent.GIVEN);
  private final AtomicReference<InForce> inForce =
      new AtomicReference<>(new InForce(PolicySnapshot.none(), "", 0, false));

  /// @param scanner looks into content for input rules
  /// @param shadows policies that are asked beside and decide nothing
  /// @param chain who else is asked about jobs, and does decide
  public RulesInForce(SharedScanner scanner, ShadowPolicies shadows, PolicyChain chain) {
    this.scanner = scanner;
    this.shadows = shadows;
    this.chain = chain;
  }

  /// Without anybody else.
  public RulesInForce(SharedScanner scanner) {
    this(scanner, PolicyChain.OURS_ALONE);
  }

  /// Without shadow policies.
  public RulesInForce(SharedScanner scanner, PolicyChain chain) {
    this(scanner, new ShadowPolicies(scanner, InstantSource.fixed(Instant.EPOCH)), chain);
  }

  /// Whose detectors look into content for rules.
  public SharedScanner scanner() {
    return scanner;
  }

  /// Who is told that the rules changed, and of jobs that wait for an answer.
  interface Listener {
    /// The rules changed. Must not block.
    void changed();

    /// A job could start and was admitted under older rules. Must not block.
    void asked(long jobNo);
  }

  /// From now on jobs are asked about again when the rules change.
  void listen(Listener newListener) {
    listener.set(newListener);
  }

  @Override
  public boolean asksAgain() {
    return listener.get() != null;
  }

  @Override
  public void askAgain(long jobNo) {
    Listener told = listener.get();
    if (told != null) {
      told.asked(jobNo);
    }
  }

  /// From now on jobs wait while governance does not stand; those that run go on.
  ///
  /// @param fallen why it does not stand; empty when it does. Answers from memory, on any thread
  public void holdBackWhile(Supplier<String> fallen) {
    governance.set(fallen);
  }

  @Override
  public String holdsBack() {
    return governance.get().get();
  }

  /// From now on jobs are also held against what was said about consent.
  public void heed(JobConsent standing) {
    consent.set(standing);
  }

  /// Why jobs of this origin may not run now.
  Optional<CdiResult> objection(String tenant, Origin origin) {
    return consent.get().objection(tenant, origin);
  }

  /// Something else that decides jobs changed, such as consent or a budget: permits made before are
  /// stale from now on, and jobs are asked about again.
  public void changed() {
    inForce.updateAndGet(
        now -> new InForce(now.snapshot(), now.genome(), now.generation() + 1, now.narrow()));
    tell();
  }

  private void tell() {
    Listener told = listener.get();
    if (told != null) {
      told.changed();
    }
  }

  /// The longest time for which a rule counts requests; zero when none does.
  public Duration longestWindow() {
    return inForce.get().snapshot().document().rules().stream()
        .flatMap(rule -> rule.velocity().stream())
        .map(velocity -> Duration.ofSeconds(velocity.windowSeconds()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /// Whether rules, or another decider, look into content.
  boolean readsContent() {
    return chain.hasOther() || !inForce.get().snapshot().document().more().inputRules().isEmpty();
  }

  /// Puts a policy in force; permits of the one before are stale from now on.
  public void replace(PolicySnapshot snapshot) {
    boolean narrow = isNarrow(snapshot);
    inForce.updateAndGet(now -> new InForce(snapshot, now.genome(), now.generation() + 1, narrow));
    tell();
  }

  /// Puts a genome in force; permits under the one before are stale from now on.
  ///
  /// @param id hex of its hash; empty for none
  public void replaceGenome(String id) {
    inForce.updateAndGet(
        now -> new InForce(now.snapshot(), id, now.generation() + 1, now.narrow()));
    tell();
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
    return new Decided(decision, now.generation(), decision.velocity());
  }

  /// The decision, or a stricter one where consent is not given. Its generation was read before
  /// this, and every signal raises it: a signal that comes later makes the permit stale.
  Decided heeding(Decided decided, JobSpec spec) {
    PolicyDecision heeding =
        consent.get().heeding(decided.decision(), spec.key().tenant(), spec.origin());
    return decided.with(heeding);
  }

  /// Decides a job, whose labels claim a job and a workflow that nobody vouches for. What they
  /// claim can only tighten: the stricter answer with and without them stands.
  public Decided decideJob(PolicyInput input, VelocityCounter velocity) {
    Decided claimed = decide(input, velocity);
    if (input.facts().scope().equals(Scope.NONE) || !inForce.get().narrow()) {
      return claimed;
    }
    Decided plain = decide(JobQuestion.withoutScope(input), velocity);
    if (plain.generation() != claimed.generation()) {
      return plain;
    }
    List<VelocityCheck> counts = new ArrayList<>(plain.counts());
    claimed.counts().stream().filter(check -> !counts.contains(check)).forEach(counts::add);
    return new Decided(stricter(claimed.decision(), plain.decision()), plain.generation(), counts);
  }

  /// The stricter of two decisions; the second when they are equally strict.
  static PolicyDecision stricter(PolicyDecision one, PolicyDecision other) {
    return strictness(one) > strictness(other) ? one : other;
  }

  /// What the policy says of a job, for whoever only looks: as [#decideJob], but no shadow policy
  /// is asked.
  PolicyDecision look(PolicyInput input, VelocityCounter velocity) {
    PolicySnapshot snapshot = snapshot();
    PolicyDecision claimed = snapshot.decide(input, context(velocity));
    if (input.facts().scope().equals(Scope.NONE)) {
      return claimed;
    }
    PolicyDecision plain = snapshot.decide(JobQuestion.withoutScope(input), context(velocity));
    return strictness(claimed) > strictness(plain) ? claimed : plain;
  }

  /// Who else is asked about a job, after [#decideJob].
  PolicyChain chain() {
    return chain;
  }

  private static int strictness(PolicyDecision decision) {
    return switch (decision.decision()) {
      case ALLOW -> 0;
      case ALLOW_WITH_CONSTRAINTS -> 1;
      case REQUIRE_APPROVAL -> 2;
      case THROTTLE -> 3;
      case DENY -> 4;
    };
  }

  private static boolean isNarrow(PolicySnapshot snapshot) {
    PolicyDocument document = snapshot.document();
    return document.rules().stream().anyMatch(rule -> rule.reach().tier() != Tier.GLOBAL)
        || document.more().inputRules().stream()
            .anyMatch(rule -> rule.reach().tier() != Tier.GLOBAL)
        || document.more().tierDefaults().stream().anyMatch(given -> given.tier() != Tier.GLOBAL);
  }

  /// A decision, the generation it was made under, and the counts on which it rests.
  public record Decided(PolicyDecision decision, long generation, List<VelocityCheck> counts) {
    public Decided {
      counts = List.copyOf(counts);
    }

    Decided with(PolicyDecision other) {
      return new Decided(other, generation, counts);
    }
  }
}
