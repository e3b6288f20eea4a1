package dev.reeve.policy;

import java.util.List;

/// What a policy file says.
///
/// @param version the author's name for this state of the file; may be empty
/// @param defaultTenant tenant of a request that names none; may be empty
/// @param defaultDecision answer when no rule matches: allow or deny
/// @param rules in order; the first that matches decides
public record PolicyDocument(
    String version, String defaultTenant, Decision defaultDecision, List<PolicyRule> rules) {
  public PolicyDocument {
    rules = List.copyOf(rules);
  }
}
