package dev.reeve.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One rule of a sample policy, written in our language and in Cedar. Empty members ask nothing;
/// one of the tenants, one of the tags and every label must fit.
///
/// @param decision `deny`, `require_approval` or `allow`
/// @param topic a glob; empty for any
record SampleRule(
    String id,
    String decision,
    String topic,
    List<String> tenants,
    List<String> tags,
    Map<String, String> labels) {
  boolean permits() {
    return decision.equals("allow");
  }

  /// The rule under `rules:` of a policy file.
  String yaml() {
    List<String> match = new ArrayList<>();
    if (!topic.isEmpty()) {
      match.add("topics: [\"" + topic + "\"]");
    }
    if (!tenants.isEmpty()) {
      match.add("tenants: [" + String.join(", ", tenants) + "]");
    }
    if (!tags.isEmpty()) {
      match.add("risk_tags: [" + String.join(", ", tags) + "]");
    }
    if (!labels.isEmpty()) {
      match.add(
          "labels: {"
              + String.join(
                  ", ",
                  new TreeMap<>(labels)
                      .entrySet().stream()
                          .map(label -> label.getKey() + ": " + label.getValue())
                          .toList())
              + "}");
    }
    String reason = permits() ? "" : ", reason: held";
    return "- {id: "
        + id
        + ", match: {"
        + String.join(", ", match)
        + "}, decision: "
        + decision
        + reason
        + "}\n";
  }

  /// The same rule for Cedar, whose forbids win over its permits: with all restrictions in front,
  /// the first match of ours decides alike. A single tenant and an exact topic stand in the scope,
  /// where Cedar tells policies apart soonest.
  String cedar() {
    List<String> when = new ArrayList<>();
    String principal = "principal";
    if (tenants.size() == 1) {
      principal += " == Tenant::\"" + tenants.getFirst() + "\"";
    } else if (!tenants.isEmpty()) {
      when.add("context.tenant == \"" + String.join("\" || context.tenant == \"", tenants) + "\"");
    }
    String resource = "resource";
    if (topic.contains("*")) {
      when.add("context.topic like \"" + topic + "\"");
    } else if (!topic.isEmpty()) {
      resource += " == Topic::\"" + topic + "\"";
    }
    if (!tags.isEmpty()) {
      when.add("context.tags.containsAny([\"" + String.join("\", \"", tags) + "\"])");
    }
    labels.forEach((name, value) ->
        when.add(
            "context.labels has " + name + " && context.labels." + name + " == \"" + value + "\""));
    String conditions = when.isEmpty() ? "" : " when { (" + String.join(") && (", when) + ") }";
    return (permits() ? "permit" : "forbid")
        + "("
        + principal
        + ", action, "
        + resource
        + ")"
        + conditions
        + ";\n";
  }
}
