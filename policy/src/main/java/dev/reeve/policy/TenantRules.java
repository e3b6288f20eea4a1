package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The topics that tenants are allowed and denied, as rules.
final class TenantRules {
  private TenantRules() {}

  static List<PolicyRule> denies(PolicyDocument document) {
    List<PolicyRule> rules = new ArrayList<>();
    sorted(document)
        .forEach((_, tenant) -> add(rules, tenant.name(), tenant.denyTopics(), Decision.DENY));
    return rules;
  }

  static List<PolicyRule> allows(PolicyDocument document) {
    List<PolicyRule> rules = new ArrayList<>();
    sorted(document)
        .forEach((_, tenant) -> add(rules, tenant.name(), tenant.allowTopics(), Decision.ALLOW));
    return rules;
  }

  private static void add(
      List<PolicyRule> rules, String tenant, List<String> topics, Decision decision) {
    int number = 1;
    for (String topic : topics) {
      String reason =
          decision == Decision.DENY
              ? "topic " + Text.quoteForMessage(topic) + " is denied to the tenant"
              : "";
      RuleMatch match =
          new RuleMatch(List.of(tenant), List.of(topic), List.of(), List.of(), Map.of());
      String id = "legacy:" + tenant + ":" + decision.word() + ":" + number++;
      rules.add(new PolicyRule(id, match, decision, reason));
    }
  }

  private static Map<String, TenantPolicy> sorted(PolicyDocument document) {
    return new TreeMap<>(document.more().tenants());
  }
}
