package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the entries of `agents`. Used once, by one thread.
final class AgentReader {
  private static final List<String> AGENT =
      List.of("id", "tenants", "principals", "risk_tier", "data_classifications");

  private final YamlValues values;
  private final Set<String> ids = new HashSet<>();

  AgentReader(YamlValues values) {
    this.values = values;
  }

  RegisteredAgent agent(YamlNode node, String path) {
    Section agent = new Section(values, node, path, AGENT);
    String id = agent.name("id").strip();
    if (id.isEmpty()) {
      agent.fault("id", "missing (expected: what the label agent_id of requests says)");
    } else if (!ids.add(id)) {
      agent.fault("id", Text.quoteForMessage(id) + " twice (expected: each agent once)");
    }
    return new RegisteredAgent(
        id,
        agent.texts("tenants"),
        agent.texts("principals").stream().map(String::strip).toList(),
        new AgentFacts(agent.name("risk_tier"), agent.textsOrNone("data_classifications")));
  }
}
