package dev.reeve.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the first rule that matches without looking at each.
///
/// Rules are filed by tenant and by the literal start of their topics, and within that by another
/// condition where many rules share a place (see [RuleBucket]). A rule may be filed in several
/// places and is tested in full wherever it is found, so filing only has to be complete, never
/// exact; the smallest number that matches is the first rule.
final class RuleIndex {
  /// The answer when no rule matches.
  static final int NONE = Integer.MAX_VALUE;

  /// A rule with more pairs of tenant and topic is filed by topic alone, so that the index stays in
  /// proportion to the file.
  private static final int PAIRS_MAX = 16;

  private final CompiledRule[] rules;
  private final TopicTable anyTenant;
  private final Map<String, TopicTable> byTenant;

  private RuleIndex(CompiledRule[] rules, TopicTable anyTenant, Map<String, TopicTable> byTenant) {
    this.rules = rules;
    this.anyTenant = anyTenant;
    this.byTenant = byTenant;
  }

  static RuleIndex of(List<PolicyRule> policyRules) {
    CompiledRule[] rules =
        policyRules.stream()
            .map(rule -> CompiledRule.of(rule.match()))
            .toArray(CompiledRule[]::new);
    Map<String, List<Integer>> anyTenant = new HashMap<>();
    Map<String, Map<String, List<Integer>>> byTenant = new HashMap<>();
    for (int number = 0; number < rules.length; number++) {
      CompiledRule rule = rules[number];
      List<String> prefixes = rule.topicPrefixes();
      if (rule.tenants().isEmpty() || rule.tenants().size() * prefixes.size() > PAIRS_MAX) {
        file(anyTenant, prefixes, number);
      } else {
        for (String tenant : rule.tenants()) {
          file(byTenant.computeIfAbsent(tenant, _ -> new HashMap<>()), prefixes, number);
        }
      }
    }
    Map<String, TopicTable> tables = new HashMap<>();
    byTenant.forEach((tenant, filed) -> tables.put(tenant, TopicTable.of(filed, rules)));
    return new RuleIndex(rules, TopicTable.of(anyTenant, rules), tables);
  }

  /// Number of the first rule after a number that matches, or [#NONE].
  ///
  /// @param after -1 to look from the first
  int firstMatch(Probe probe, int after) {
    Search search = new Search(probe, rules, after);
    TopicTable own = byTenant.get(probe.tenant());
    int best = own == null ? NONE : own.firstMatch(search, NONE);
    return anyTenant.firstMatch(search, best);
  }

  /// What is looked for, and where.
  static final class Search {
    private final Probe probe;
    private final CompiledRule[] rules;
    private final int after;
    private RuleFilter.@Nullable Marks marks;

    private Search(Probe probe, CompiledRule[] rules, int after) {
      this.probe = probe;
      this.rules = rules;
      this.after = after;
    }

    Probe probe() {
      return probe;
    }

    /// The bits of the request, made when they are asked for.
    RuleFilter.Marks marks() {
      RuleFilter.Marks made = marks;
      if (made == null) {
        made = RuleFilter.Marks.of(probe);
        marks = made;
      }
      return made;
    }

    /// Rules up to this number are passed over.
    int after() {
      return after;
    }

    boolean matches(int number) {
      return rules[number].matches(probe);
    }
  }

  /// The rule of a number.
  CompiledRule rule(int number) {
    return rules[number];
  }

  private static void file(Map<String, List<Integer>> table, List<String> prefixes, int number) {
    for (String prefix : prefixes) {
      table.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(number);
    }
  }
}
