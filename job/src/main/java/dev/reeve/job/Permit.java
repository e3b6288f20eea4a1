package dev.reeve.job;

import java.util.List;

/// A prepared decision on its way to the writer: what policy said, and under which generation of
/// the rules. The writer refuses a permit of an older generation, so that a change of rules has a
/// sharp edge.
///
/// @param verdict what policy said
/// @param generation counts every change of rules, consent or limits since start
/// @param approvalExpiresAtMicros when an unanswered approval becomes a denial; 0 for never
/// @param counts requests that policy counted, in its order
public record Permit(
    Verdict verdict, long generation, long approvalExpiresAtMicros, List<RateCheck> counts) {
  public Permit {
    counts = List.copyOf(counts);
    Storable.micros("approval_expires_at", approvalExpiresAtMicros);
  }

  /// A decision that rests on no counts.
  public Permit(Verdict verdict, long generation, long approvalExpiresAtMicros) {
    this(verdict, generation, approvalExpiresAtMicros, List.of());
  }
}
