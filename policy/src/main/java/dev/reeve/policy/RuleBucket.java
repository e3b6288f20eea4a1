package dev.reeve.policy;

import dev.reeve.policy.RuleCondition.Kind;
import dev.reeve.policy.RuleIndex.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules filed under one place of the index, told apart further when they are many.
///
/// Each rule of a large bucket is filed by that one of its other conditions which the fewest rules
/// share. A request that does not meet this condition never sees the rule.
final class RuleBucket {
  /// So few rules are tested faster than told apart.
  private static final int SMALL = 8;

  /// Fewer rules are tested faster than filtered.
  private static final int FILTERED_MIN = 3;

  /// Rules in one place, ascending.
  private static final class Filed {
    private final int[] numbers;
    private final @Nullable RuleFilter filter;

    private Filed(List<Integer> list, CompiledRule[] rules) {
      numbers = list.stream().mapToInt(Integer::intValue).toArray();
      filter = numbers.length < FILTERED_MIN ? null : new RuleFilter(numbers, rules);
    }
  }

  private final List<Integer> all;
  private final Filed plain;
  private final boolean tellsApart;
  private final Map<String, Filed> byTenant;
  private final Map<String, Filed> byCapability;
  private final Map<String, Filed> byRiskTag;
  private final Map<String, Map<String, Filed>> byLabel;

  private RuleBucket(
      List<Integer> all,
      List<Integer> plain,
      Map<RuleCondition, List<Integer>> filed,
      CompiledRule[] rules) {
    this.all = List.copyOf(all);
    this.plain = new Filed(plain, rules);
    this.tellsApart = !filed.isEmpty();
    Map<Kind, Map<String, Map<String, Filed>>> byKind = new EnumMap<>(Kind.class);
    filed.forEach((condition, numbers) ->
        byKind
            .computeIfAbsent(condition.kind(), _ -> new HashMap<>())
            .computeIfAbsent(condition.name(), _ -> new HashMap<>())
            .put(condition.value(), new Filed(numbers, rules)));
    this.byTenant = valuesOf(byKind, Kind.TENANT);
    this.byCapability = valuesOf(byKind, Kind.CAPABILITY);
    this.byRiskTag = valuesOf(byKind, Kind.RISK_TAG);
    this.byLabel = byKind.getOrDefault(Kind.LABEL, Map.of());
  }

  /// A bucket of rule numbers, ascending.
  static RuleBucket of(List<Integer> numbers, CompiledRule[] rules) {
    if (numbers.size() <= SMALL) {
      return new RuleBucket(numbers, numbers, Map.of(), rules);
    }
    Map<RuleCondition, Integer> counts = new HashMap<>();
    for (int number : numbers) {
      for (List<RuleCondition> alternatives : RuleCondition.requiredBy(rules[number])) {
        alternatives.forEach(condition -> counts.merge(condition, 1, Integer::sum));
      }
    }
    List<Integer> plain = new ArrayList<>();
    Map<RuleCondition, List<Integer>> filed = new HashMap<>();
    for (int number : numbers) {
      List<RuleCondition> places = RuleCondition.rarest(rules[number], counts);
      if (places.isEmpty()) {
        plain.add(number);
      }
      for (RuleCondition place : places) {
        filed.computeIfAbsent(place, _ -> new ArrayList<>()).add(number);
      }
    }
    return new RuleBucket(numbers, plain, filed, rules);
  }

  /// All rules in here, ascending.
  List<Integer> all() {
    return all;
  }

  /// The smaller of `best` and the number of the first rule in here that matches.
  int firstMatch(Search search, int best) {
    Probe probe = search.probe();
    int first = scan(plain, search, best);
    if (!tellsApart) {
      return first;
    }
    first = scan(byTenant.get(probe.tenant()), search, first);
    first = scan(byCapability.get(probe.capability()), search, first);
    if (!byRiskTag.isEmpty()) {
      for (String tag : probe.riskTags()) {
        first = scan(byRiskTag.get(tag), search, first);
      }
    }
    return byLabel.isEmpty() ? first : scanLabels(search, first);
  }

  private int scanLabels(Search search, int best) {
    int first = best;
    for (Map.Entry<String, String> label : search.probe().labels().entrySet()) {
      Map<String, Filed> values = byLabel.get(label.getKey());
      if (values != null) {
        first = scan(values.get(label.getValue()), search, first);
      }
    }
    return first;
  }

  private static int scan(@Nullable Filed filed, Search search, int best) {
    if (filed == null) {
      return best;
    }
    int[] numbers = filed.numbers;
    RuleFilter filter = filed.filter;
    for (int i = startAfter(numbers, search.after()); i < numbers.length; i++) {
      int number = numbers[i];
      if (number >= best) {
        return best;
      }
      if ((filter == null || filter.passes(i, search.marks())) && search.matches(number)) {
        return number;
      }
    }
    return best;
  }

  /// The first place behind a number, in numbers that ascend.
  static int startAfter(int[] numbers, int after) {
    if (after < 0) {
      return 0;
    }
    int place = Arrays.binarySearch(numbers, after);
    return place >= 0 ? place + 1 : -place - 1;
  }

  private static Map<String, Filed> valuesOf(
      Map<Kind, Map<String, Map<String, Filed>>> byKind, Kind kind) {
    return byKind.getOrDefault(kind, Map.of()).getOrDefault("", Map.of());
  }
}
