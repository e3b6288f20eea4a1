package dev.reeve.policy;

import java.util.List;

/// An agent that the policy knows, and what rules may ask about it.
///
/// @param id what requests name it by, in the label `agent_id`
/// @param tenants whose it is; empty for everybody's
/// @param principals who may name it; empty for anybody
public record RegisteredAgent(
    String id, List<String> tenants, List<String> principals, AgentFacts facts) {
  public RegisteredAgent {
    tenants = List.copyOf(tenants);
    principals = List.copyOf(principals);
  }

  /// Whether a request of this tenant and principal may name it.
  boolean isOf(String tenant, String principal) {
    return (tenants.isEmpty() || Names.isIn(tenant, tenants))
        && (principals.isEmpty() || principals.contains(principal.strip()));
  }
}
