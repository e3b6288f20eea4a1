package dev.reeve.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Makes the answer out of a choice.
final class DecisionWriter {
  private final Asking asking;
  private final Candidates candidates;
  private final Choice choice;
  private final List<ExtensionTrace> traces;

  DecisionWriter(Asking asking, Candidates candidates, Choice choice, List<ExtensionTrace> traces) {
    this.asking = asking;
    this.candidates = candidates;
    this.choice = choice;
    this.traces = traces;
  }

  /// @param session the session's value; empty without one
  /// @param warning the soft quota that is used up, if one is
  RouteDecision decision(String session, long pinExpiresAtMs, Optional<String> warning) {
    RoutePolicy policy = asking.policy();
    Targets.Target target = candidates.targets().at(choice.index());
    DecisionMetadata metadata =
        new DecisionMetadata(asking.facts().context())
            .put("policy_id", policy.policyId())
            .put("policy_version", policy.number())
            .choice(choice, asking);
    if (policy.hasExtensions()) {
      metadata.traces(traces);
    }
    warning.ifPresent(words -> metadata.put("quota_warning", words));
    return new RouteDecision(
        target.id(),
        asking.catalogue().prior(target.id()).label(),
        choice.reason(),
        Math.round(expected("expected_latency_ms", candidates.latencyMs(choice.index()))),
        expected("expected_cost", candidates.cost(choice.index())),
        metadata.texts(),
        policy.policyId(),
        policy.number(),
        policy.hash(),
        session,
        choice.isFallback(),
        choice.retry(),
        pinExpiresAtMs,
        timeoutMs(target),
        asking.isPayloadChanged() ? Optional.of(asking.payload()) : Optional.empty(),
        traces,
        explanation(asking, candidates, choice.reason().wireName(), choice));
  }

  /// What a caller who may says of it, else what we know.
  private double expected(String name, double known) {
    if (!asking.question().caller().mayOverride()) {
      return known;
    }
    double said = asking.facts().number(name);
    return said >= 0 && said < 1e12 ? said : known;
  }

  private OptionalLong timeoutMs(Targets.Target target) {
    if (target.timeoutMs().isPresent()) {
      return OptionalLong.of(target.timeoutMs().getAsInt());
    }
    return asking.body().protection().timeoutMs().isPresent()
        ? OptionalLong.of(asking.body().protection().timeoutMs().getAsInt())
        : OptionalLong.empty();
  }

  /// The explanation, when the question asked for it.
  static Optional<RouteExplanation> explanation(
      Asking asking, Candidates candidates, String reason, @Nullable Choice choice) {
    if (!asking.isExplained()) {
      return Optional.empty();
    }
    String chosen = choice == null ? "" : candidates.targets().at(choice.index()).id();
    asking.step(choice == null ? "refused: " + reason : "chosen: " + chosen + ", " + reason);
    return Optional.of(
        new RouteExplanation(
            reason,
            chosen,
            asking.policy().policyId(),
            asking.policy().number(),
            choice == null ? 0 : choice.reason().priority(),
            asking.steps(),
            verdicts(asking, candidates, choice),
            Map.copyOf(asking.facts().context())));
  }

  private static List<CandidateVerdict> verdicts(
      Asking asking, Candidates candidates, @Nullable Choice choice) {
    Targets targets = candidates.targets();
    int[] drawable = candidates.drawable();
    boolean scores =
        asking.body().selection().strategy() == PolicyBody.Strategy.BEST_SCORE
            && drawable.length > 0;
    double[] scored = scores ? candidates.scores(drawable) : new double[0];
    boolean isLastResort = choice != null && choice.asLastResort();
    List<CandidateVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < targets.count(); i++) {
      int at = Arrays.binarySearch(drawable, i);
      boolean isChosen = choice != null && choice.index() == i;
      verdicts.add(
          new CandidateVerdict(
              targets.at(i).id(),
              at >= 0 || (isChosen && !isLastResort)
                  ? Verdict.AVAILABLE
                  : notDrawable(candidates, i),
              targets.weight(i),
              Math.round(candidates.latencyMs(i)),
              candidates.cost(i),
              scores && at >= 0 ? scored[at] : 0,
              asking.route().lane(i).breaker().state(),
              isChosen));
    }
    return verdicts;
  }

  private static Verdict notDrawable(Candidates candidates, int index) {
    Verdict verdict = candidates.verdict(index);
    if (verdict != Verdict.AVAILABLE) {
      return verdict;
    }
    return candidates.targets().weight(index) > 0 ? Verdict.DEARER : Verdict.NO_WEIGHT;
  }
}
