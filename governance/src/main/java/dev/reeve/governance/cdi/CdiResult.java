package dev.reeve.governance.cdi;

import dev.reeve.base.ProblemCode;
import java.util.Optional;

/// A decision about an action.
///
/// @param verdict what was said
/// @param refusal stable reason; empty when allowed
/// @param rule id of the rule that decided; empty when none did
/// @param reason words for people; empty when allowed
public record CdiResult(
    CdiVerdict verdict, Optional<ProblemCode> refusal, String rule, String reason) {
  static final CdiResult ALLOWED = new CdiResult(CdiVerdict.ALLOW, Optional.empty(), "", "");

  static CdiResult refused(CdiVerdict verdict, ProblemCode code, String rule, String reason) {
    return new CdiResult(verdict, Optional.of(code), rule, reason);
  }

  /// Whether the action may go on.
  public boolean allowed() {
    return verdict == CdiVerdict.ALLOW;
  }
}
