package dev.reeve.governance.cdi;

import dev.reeve.base.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The consent that stands now: the latest signal of each source and scope.
///
/// A stop or pause of an anchor halts everybody within its scope, all when it has none. Anybody
/// else's halts what is done in their own name and nothing more. Immutable.
public final class Consent {
  /// Nobody said anything.
  public static final Consent NONE = new Consent(Map.of(), Set.of());

  /// The rule of what waits because of a pause.
  public static final String PAUSE_RULE = "consent-pause";

  private static final String STOP_RULE = "consent-stop";

  private record Key(String source, ConsentScope scope) {}

  private final Map<String, List<ConsentSignal>> bySource;
  private final Set<String> anchors;

  private Consent(Map<String, List<ConsentSignal>> bySource, Set<String> anchors) {
    this.bySource = bySource;
    this.anchors = Set.copyOf(anchors);
  }

  /// @param signals in the order they were said; of one source and scope the latest counts
  /// @param anchors who may halt everybody
  public static Consent of(Collection<ConsentSignal> signals, Set<String> anchors) {
    Map<Key, ConsentSignal> latest = new LinkedHashMap<>();
    for (ConsentSignal signal : signals) {
      latest.merge(
          new Key(signal.source().strip(), signal.scope()),
          signal,
          (before, now) -> now.atMicros() >= before.atMicros() ? now : before);
    }
    return standing(latest.values(), anchors);
  }

  /// @param signals that stand beside one another, also several of one source and scope
  /// @param anchors who may halt everybody
  static Consent standing(Collection<ConsentSignal> signals, Set<String> anchors) {
    Map<String, List<ConsentSignal>> bySource = new LinkedHashMap<>();
    for (ConsentSignal signal : signals) {
      bySource.computeIfAbsent(signal.source().strip(), _ -> new ArrayList<>()).add(signal);
    }
    return new Consent(bySource, anchors);
  }

  /// Whether nobody said anything, so that nothing depends on the time.
  public boolean isSilent() {
    return bySource.isEmpty();
  }

  /// Why somebody may not act now: stops before pauses.
  public Optional<CdiResult> refusal(String actor, ConsentScope action, long nowMicros) {
    Optional<ConsentSignal> stop = halting(ConsentSignal.Kind.STOP, actor, action, nowMicros);
    if (stop.isPresent()) {
      return stop.map(
          signal -> refused(CdiProblems.CONSENT_STOP_ACTIVE, STOP_RULE, "stop", signal));
    }
    return halting(ConsentSignal.Kind.PAUSE, actor, action, nowMicros)
        .map(signal -> refused(CdiProblems.CONSENT_NOT_GRANTED, PAUSE_RULE, "pause", signal));
  }

  private CdiResult refused(ProblemCode code, String rule, String word, ConsentSignal signal) {
    String who = isAnchor(signal) ? "an anchor" : "the actor";
    return CdiResult.refused(CdiVerdict.DENY, code, rule, "consent: " + who + " said " + word);
  }

  private Optional<ConsentSignal> halting(
      ConsentSignal.Kind kind, String actor, ConsentScope action, long nowMicros) {
    if (bySource.isEmpty()) {
      return Optional.empty();
    }
    for (String anchor : anchors) {
      Optional<ConsentSignal> said = halting(anchor, kind, action, nowMicros);
      if (said.isPresent()) {
        return said;
      }
    }
    return halting(actor.strip(), kind, action, nowMicros);
  }

  private Optional<ConsentSignal> halting(
      String source, ConsentSignal.Kind kind, ConsentScope action, long nowMicros) {
    for (ConsentSignal signal : bySource.getOrDefault(source, List.of())) {
      if (signal.kind() == kind && signal.isCurrent(nowMicros) && action.isWithin(signal.scope())) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }

  private boolean isAnchor(ConsentSignal signal) {
    return anchors.contains(signal.source().strip());
  }
}
