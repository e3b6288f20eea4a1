package dev.reeve.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /// Fewer rules are found as fast as remembered.
  private static final int REMEMBERED_MIN = 16;

  private final CompiledRule[] rules;
  private final TopicTable anyTenant;
  private final Map<String, TopicTable> byTenant;
  private final @Nullable RuleShortlists shortlists;

  private RuleIndex(
      CompiledRule[] rules,
      TopicTable anyTenant,
      Map<String, TopicTable> byTenant,
      boolean remembers) {
    this.rules = rules;
    this.shortlists = remembers && rules.length >= REMEMBERED_MIN ? new RuleShortlists() : null;
    this.anyTenant = anyTenant;
    this.byTenant = byTenant;
  }

  /// @param remembers whether it keeps what it found for tenants and topics, up to some megabytes:
  ///   for the few indexes that every request meets, see [RuleShortlists]
  static RuleIndex of(List<PolicyRule> policyRules, boolean remembers) {
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
    return new RuleIndex(rules, TopicTable.of(anyTenant, rules), tables, remembers);
  }

  /// Number of the first rule after a number that matches, or [#NONE].
  ///
  /// @param after -1 to look from the first
  int firstMatch(Probe probe, int after) {
    Search search = new Search(probe, rules, after);
    RuleShortlists.Shortlist known = shortlists == null ? null : shortlists.of(probe, this);
    if (known != null) {
      return known.firstMatch(search);
    }
    TopicTable own = byTenant.get(probe.tenant());
    int best = own == null ? NONE : own.firstMatch(search, NONE);
    return anyTenant.firstMatch(search, best);
  }

  /// The numbers, ascending, of all rules whose tenants and topics fit a request; empty when there
  /// are more than `most`.
  Optional<int[]> fitting(Probe probe, int most) {
    List<RuleBucket> buckets = new ArrayList<>(anyTenant.bucketsOf(probe.topic()));
    TopicTable own = byTenant.get(probe.tenant());
    if (own != null) {
      buckets.addAll(own.bucketsOf(probe.topic()));
    }
    Set<Integer> found = new TreeSet<>();
    for (RuleBucket bucket : buckets) {
      for (int number : bucket.all()) {
        if (rules[number].fitsNames(probe) && found.add(number) && found.size() > most) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(found.stream().mapToInt(Integer::intValue).toArray());
  }

  CompiledRule[] rules() {
    return rules;
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
