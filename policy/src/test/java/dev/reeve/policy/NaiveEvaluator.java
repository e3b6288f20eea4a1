package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// The rules of deciding as one would say them, rule after rule and without any index: what the
/// fast evaluator is compared with. Shares only the globs, which have their own oracle.
final class NaiveEvaluator {
  private NaiveEvaluator() {}

  /// Decision and rule; reason and snapshot are taken over, since they are not what is compared.
  static PolicyDecision decide(
      PolicyDocument policy, PolicyInput input, String reason, String snapshot) {
    if (!input.topic().startsWith("job.")) {
      return new PolicyDecision(Decision.DENY, reason, "", snapshot)
          .withCode(ReasonCode.TOPIC_NOT_A_JOB);
    }
    String tenant = firstOf(input.tenant(), policy.defaultTenant(), "default");
    for (PolicyRule rule : policy.rules()) {
      if (matches(rule.match(), tenant, input)) {
        return new PolicyDecision(rule.decision(), reason, rule.id(), snapshot);
      }
    }
    return new PolicyDecision(policy.defaultDecision(), reason, "", snapshot);
  }

  private static boolean matches(RuleMatch match, String tenant, PolicyInput input) {
    boolean topic =
        match.topics().isEmpty()
            || match.topics().stream().anyMatch(p -> GoGlob.compile(p).matches(input.topic()));
    boolean tags =
        match.riskTags().isEmpty()
            || input.riskTags().stream().anyMatch(tag -> isIn(tag, match.riskTags()));
    return topic
        && tags
        && (match.tenants().isEmpty() || isIn(tenant, match.tenants()))
        && (match.capabilities().isEmpty() || isIn(input.capability(), match.capabilities()))
        && hasAll(input.labels(), match.labels());
  }

  private static boolean isIn(String value, List<String> list) {
    return !value.isBlank()
        && list.stream().anyMatch(one -> one.strip().equalsIgnoreCase(value.strip()));
  }

  private static boolean hasAll(Map<String, String> given, Map<String, String> wanted) {
    return given.entrySet().containsAll(wanted.entrySet());
  }

  private static String firstOf(String... names) {
    for (String name : names) {
      if (!name.isBlank()) {
        return name;
      }
    }
    return "";
  }
}
