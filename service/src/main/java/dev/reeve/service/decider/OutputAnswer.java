package dev.reeve.service.decider;

import java.util.List;

/// What another decider says of an output.
///
/// @param ruleId its rule; empty when none decided
/// @param reason its words; may be empty
/// @param snapshot id of its policy; may be empty
/// @param cuts where to redact; none with [Action#REDACT] means all of it
public record OutputAnswer(
    Action action, String ruleId, String reason, String snapshot, List<Cut> cuts) {
  /// From weak to strict.
  public enum Action {
    ALLOW,
    REDACT,
    QUARANTINE
  }

  /// A range to redact, in bytes of the content that was sent.
  public record Cut(int start, int end) {}

  public OutputAnswer {
    cuts = List.copyOf(cuts);
  }
}
