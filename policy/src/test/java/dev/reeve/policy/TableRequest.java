package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the requests of the tables: words such as `topic=job.x tags=a,b label.env=prod`, where `+`
/// stands for a blank within a value.
final class TableRequest {
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  private TableRequest() {}

  static PolicyInput parse(String line) {
    TableRequest request = new TableRequest();
    for (String word : line.strip().split(" +", -1)) {
      int equals = word.indexOf('=');
      String name = word.substring(0, equals);
      String value = word.substring(equals + 1).replace('+', ' ');
      if (name.startsWith("label.")) {
        request.labels.put(name.substring("label.".length()), value);
      } else {
        request.words.put(name, value);
      }
    }
    return request.input();
  }

  private PolicyInput input() {
    JobFacts facts =
        new JobFacts(
            word("job"),
            word("pack"),
            word("actor"),
            word("actor_type"),
            list("requires"),
            Double.parseDouble(words.getOrDefault("cost", "0")),
            Scope.ofLabels(word("job"), labels),
            words.containsKey("agent_tier") || words.containsKey("agent_data")
                ? Optional.of(new AgentFacts(word("agent_tier"), list("agent_data")))
                : Optional.empty(),
            DelegationFacts.ofLabels(labels));
    return new PolicyInput(
            words.getOrDefault("tenant", "acme"),
            words.getOrDefault("topic", "job.x"),
            word("cap"),
            list("tags"),
            labels,
            word("principal"))
        .withFacts(facts)
        .withContent(
            new InputContent(
                Bytes.utf8(word("content")),
                word("type"),
                Long.parseLong(words.getOrDefault("size", "0"))))
        .withSafety(
            new SafetyConfig(
                list("cfg.denied"),
                list("cfg.allowed"),
                new McpLists(
                    McpLists.Field.NONE,
                    new McpLists.Field(List.of(), list("cfg.deny_tools")),
                    McpLists.Field.NONE,
                    McpLists.Field.NONE)));
  }

  private String word(String name) {
    return words.getOrDefault(name, "");
  }

  private List<String> list(String name) {
    String value = word(name);
    return value.isEmpty() ? List.of() : new ArrayList<>(List.of(value.split(",")));
  }
}
