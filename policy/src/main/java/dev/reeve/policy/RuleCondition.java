package dev.reeve.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A single comparison that a request may pass.
///
/// @param kind what is compared
/// @param name of the label; empty for the other kinds
/// @param value what it must equal
record RuleCondition(Kind kind, String name, String value) {
  enum Kind {
    TENANT,
    CAPABILITY,
    RISK_TAG,
    LABEL
  }

  /// What a rule requires: of each inner list, a matching request passes at least one.
  static List<List<RuleCondition>> requiredBy(CompiledRule rule) {
    List<List<RuleCondition>> required = new ArrayList<>();
    addAnyOf(required, Kind.TENANT, rule.tenants());
    addAnyOf(required, Kind.CAPABILITY, rule.capabilities());
    addAnyOf(required, Kind.RISK_TAG, rule.riskTags());
    rule.labels()
        .forEach(
            (name, value) -> required.add(List.of(new RuleCondition(Kind.LABEL, name, value))));
    return required;
  }

  /// That one of the rule's requirements which the fewest rules share; empty when it has none.
  ///
  /// @param counts how many rules share each condition
  static List<RuleCondition> rarest(CompiledRule rule, Map<RuleCondition, Integer> counts) {
    List<RuleCondition> rarest = List.of();
    long fewest = Long.MAX_VALUE;
    for (List<RuleCondition> alternatives : requiredBy(rule)) {
      long shared = 0;
      for (RuleCondition condition : alternatives) {
        shared += counts.getOrDefault(condition, 0);
      }
      if (shared < fewest) {
        fewest = shared;
        rarest = alternatives;
      }
    }
    return rarest;
  }

  private static void addAnyOf(
      List<List<RuleCondition>> required, Kind kind, Collection<String> values) {
    if (!values.isEmpty()) {
      required.add(values.stream().map(value -> new RuleCondition(kind, "", value)).toList());
    }
  }
}
