package dev.reeve.service.optimizer;

import java.util.List;
import java.util.Objects;

/// What was found.
///
/// @param candidates the best first; empty when none may be offered
/// @param reason why there is none; [Reason#NONE] when there is one
/// @param message what it takes, for people; empty when there is a candidate
/// @param timedOut whether time was up before all were tried
/// @param digest of the request and the candidates
/// @param mappingMicros time spent compiling
/// @param scoringMicros time spent on scores
public record MappingAnswer(
    List<MappingCandidate> candidates,
    Reason reason,
    String message,
    boolean timedOut,
    String digest,
    long mappingMicros,
    long scoringMicros) {
  /// Why there is no candidate.
  public enum Reason {
    /// There is one.
    NONE,
    /// Time was up before the first was ready.
    TIMEOUT,
    /// Every one breaks the policy.
    POLICY_REJECTED,
    /// None is sure enough.
    CONFIDENCE_TOO_LOW
  }

  public MappingAnswer {
    candidates = List.copyOf(candidates);
    Objects.requireNonNull(reason, "reason");
  }
}
