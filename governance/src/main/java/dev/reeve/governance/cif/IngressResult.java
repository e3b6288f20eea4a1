package dev.reeve.governance.cif;

import dev.reeve.base.ProblemCode;
import java.util.List;
import java.util.Optional;

/// What the boundary said about a request.
///
/// @param refusal why it may not come in; empty when it may
/// @param violations what is wrong, in words without content
/// @param findings what was found, also in what was cleaned
/// @param payload the payload, cleaned; as received when refused
public record IngressResult(
    Optional<ProblemCode> refusal,
    List<String> violations,
    List<BoundaryFinding> findings,
    JsonValue payload) {
  public IngressResult {
    violations = List.copyOf(violations);
    findings = List.copyOf(findings);
  }

  /// Whether the request may come in.
  public boolean allowed() {
    return refusal.isEmpty();
  }

  /// Whether it is put aside, to be looked at.
  public boolean quarantined() {
    return refusal.filter(CifProblems.CIF_QUARANTINED::equals).isPresent();
  }
}
