package dev.reeve.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The agents that one policy knows. A request that names one that is not registered, or not its
/// own, is a request of no agent.
final class RegisteredAgents {
  private static final String LABEL = "agent_id";

  private final Map<String, RegisteredAgent> agents;

  RegisteredAgents(List<RegisteredAgent> agents) {
    this.agents =
        agents.stream()
            .collect(Collectors.toUnmodifiableMap(RegisteredAgent::id, Function.identity()));
  }

  /// The request with what is registered about the agent that it names.
  ///
  /// @param tenant for which it is decided
  PolicyInput apply(PolicyInput input, String tenant) {
    if (agents.isEmpty() || input.facts().agent().isPresent()) {
      return input;
    }
    RegisteredAgent agent = agents.get(input.labels().getOrDefault(LABEL, "").strip());
    return agent == null || !agent.isOf(tenant, input.principal())
        ? input
        : input.withFacts(input.facts().withAgent(agent.facts()));
  }
}
