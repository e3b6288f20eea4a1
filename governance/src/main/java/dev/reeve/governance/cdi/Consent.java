package dev.reeve.governance.cdi;

import dev.reeve.base.ProblemCode;
import java.util.Collection;
import java.util.LinkedHashMap;
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

  private record Key(String source, ConsentScope scope) {}

  private final Map<Key, ConsentSignal> latest;
  private final Set<String> anchors;

  private Consent(Map<Key, ConsentSignal> latest, Set<String> anchors) {
    this.latest = latest;
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
    return new Consent(latest, anchors);
  }

  /// The signals that stand, expired ones as well.
  public Collection<ConsentSignal> signals() {
    return latest.values();
  }

  /// Why somebody may not act now: stops before pauses.
  Optional<CdiResult> refusal(String actor, ConsentScope action, long nowMicros) {
    Optional<ConsentSignal> stop = halting(ConsentSignal.Kind.STOP, actor, action, nowMicros);
    if (stop.isPresent()) {
      return stop.map(signal -> refused(CdiProblems.CONSENT_STOP_ACTIVE, "stop", signal));
    }
    return halting(ConsentSignal.Kind.PAUSE, actor, action, nowMicros)
        .map(signal -> refused(CdiProblems.CONSENT_NOT_GRANTED, "pause", signal));
  }

  private CdiResult refused(ProblemCode code, String word, ConsentSignal signal) {
    String who = isAnchor(signal) ? "an anchor" : "the actor";
    return CdiResult.refused(
        CdiVerdict.DENY, code, "consent-" + word, "consent: " + who + " said " + word);
  }

  private Optional<ConsentSignal> halting(
      ConsentSignal.Kind kind, String actor, ConsentScope action, long nowMicros) {
    for (ConsentSignal signal : latest.values()) {
      if (signal.kind() == kind
          && signal.isCurrent(nowMicros)
          && action.isWithin(signal.scope())
          && (isAnchor(signal) || isBy(signal, actor))) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }

  private boolean isAnchor(ConsentSignal signal) {
    return anchors.contains(signal.source().strip());
  }

  private static boolean isBy(ConsentSignal signal, String actor) {
    return signal.source().strip().equals(actor.strip());
  }
}
