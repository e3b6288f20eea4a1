package dev.reeve.governance.cif;

import dev.reeve.base.ProblemCode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the boundary said about a response.
///
/// @param refusal why it may not leave; empty when it may
/// @param violations what is wrong, in words without content
/// @param findings the first places of what was found, also of what was made unreadable
/// @param counts how much was found in all, by detector; at least so much, where more was there
///   than can be made unreadable
/// @param payload the payload that may leave; as it was when refused
public record EgressResult(
    Optional<ProblemCode> refusal,
    List<String> violations,
    List<BoundaryFinding> findings,
    Map<String, Integer> counts,
    JsonValue payload) {
  public EgressResult {
    violations = List.copyOf(violations);
    findings = List.copyOf(findings);
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /// Whether the answer may leave.
  public boolean allowed() {
    return refusal.isEmpty();
  }
}
