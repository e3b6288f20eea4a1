package dev.reeve.governance.cif;

import dev.reeve.base.ProblemCode;
import java.util.List;
import java.util.Optional;

/// What the boundary said about a response.
///
/// @param refusal why it may not leave; empty when it may
/// @param violations what is wrong, in words without content
/// @param findings what was found, also what was made unreadable
/// @param payload the payload that may leave; as it was when refused
public record EgressResult(
    Optional<ProblemCode> refusal,
    List<String> violations,
    List<BoundaryFinding> findings,
    JsonValue payload) {
  public EgressResult {
    violations = List.copyOf(violations);
    findings = List.copyOf(findings);
  }

  /// Whether the answer may leave.
  public boolean allowed() {
    return refusal.isEmpty();
  }
}
