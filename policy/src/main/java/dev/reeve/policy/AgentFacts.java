package dev.reeve.policy;

import java.util.List;

/// What is registered about the agent that a request names.
public record AgentFacts(String riskTier, List<String> dataClassifications) {
  public AgentFacts {
    dataClassifications = List.copyOf(dataClassifications);
  }
}
