package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.List;

/// A policy as it was at one time, compiled. Immutable; decides on any thread without blocking.
public final class PolicySnapshot {
  /// What every topic starts with; nothing else is a job.
  static final String TOPIC_PREFIX = "job.";

  private static final String TENANT_OF_LAST_RESORT = "default";

  private final String id;
  private final PolicyDocument document;
  private final RuleIndex index;
  private final List<PolicyDecision> byRule;
  private final PolicyDecision byDefault;

  private PolicySnapshot(String id, PolicyDocument document) {
    this.id = id;
    this.document = document;
    this.index = RuleIndex.of(document.rules());
    this.byRule = document.rules().stream().map(this::decisionOf).toList();
    this.byDefault =
        switch (document.defaultDecision()) {
          case ALLOW -> new PolicyDecision(Decision.ALLOW, "", "", id);
          case DENY, REQUIRE_APPROVAL -> denied("no rule of the policy allows this");
        };
  }

  /// Compiles a policy.
  ///
  /// @param id name of this state of the policy: `<version>:<sha256 of the file>`, or the hash
  ///   alone
  public static PolicySnapshot of(PolicyDocument document, String id) {
    return new PolicySnapshot(id, document);
  }

  /// Name of this state of the policy; stands in every decision and receipt.
  public String id() {
    return id;
  }

  /// What was compiled.
  public PolicyDocument document() {
    return document;
  }

  /// The answer to a request: that of the first rule that matches, else the default, else deny.
  public PolicyDecision decide(PolicyInput input) {
    String topic = input.topic();
    if (!topic.startsWith(TOPIC_PREFIX)) {
      return denied("topic: " + Text.quoteForMessage(topic) + " (expected: starts with job.)");
    }
    if (topic.length() > PolicyInput.TOPIC_LENGTH_MAX) {
      return tooMany("topic", topic.length(), PolicyInput.TOPIC_LENGTH_MAX);
    }
    if (input.riskTags().size() > PolicyInput.RISK_TAGS_MAX) {
      return tooMany("risk_tags", input.riskTags().size(), PolicyInput.RISK_TAGS_MAX);
    }
    if (input.labels().size() > PolicyInput.LABELS_MAX) {
      return tooMany("labels", input.labels().size(), PolicyInput.LABELS_MAX);
    }
    int rule = index.firstMatch(Probe.of(input, tenantOf(input)));
    return rule == RuleIndex.NONE ? byDefault : byRule.get(rule);
  }

  /// The tenant for which a request is decided: its own, else the policy's default, else `default`.
  public String tenantOf(PolicyInput input) {
    if (!input.tenant().isBlank()) {
      return input.tenant().strip();
    }
    return document.defaultTenant().isBlank()
        ? TENANT_OF_LAST_RESORT
        : document.defaultTenant().strip();
  }

  private PolicyDecision decisionOf(PolicyRule rule) {
    String reason =
        switch (rule.decision()) {
          case ALLOW -> "";
          case DENY -> rule.reason().isEmpty() ? "denied by rule " + rule.id() : rule.reason();
          case REQUIRE_APPROVAL ->
              rule.reason().isEmpty()
                  ? "rule " + rule.id() + " asks for an approval"
                  : rule.reason();
        };
    return new PolicyDecision(rule.decision(), reason, rule.id(), id);
  }

  private PolicyDecision tooMany(String field, int count, int most) {
    return denied(field + ": " + count + " (expected: at most " + most + ")");
  }

  private PolicyDecision denied(String reason) {
    return new PolicyDecision(Decision.DENY, reason, "", id);
  }
}
