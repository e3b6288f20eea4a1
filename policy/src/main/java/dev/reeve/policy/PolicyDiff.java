package dev.reeve.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares two policies by meaning: comments, blanks and the order of keys do not count. Pure.
public final class PolicyDiff {
  private PolicyDiff() {}

  /// What must be done to the first policy to get the second.
  public static List<PolicyChange> between(PolicyDocument before, PolicyDocument after) {
    List<PolicyChange> changes = new ArrayList<>();
    compare(changes, "version", before.version(), after.version());
    compare(changes, "default_tenant", before.defaultTenant(), after.defaultTenant());
    compare(changes, "default_decision", before.defaultDecision(), after.defaultDecision());
    rules(changes, before.rules(), after.rules());
    PolicyDocument.More one = before.more();
    PolicyDocument.More other = after.more();
    compare(changes, "tier defaults", narrow(one), narrow(other));
    compare(changes, "input_rules", one.inputRules(), other.inputRules());
    compare(changes, "input_policy", one.inputPolicy(), other.inputPolicy());
    compare(changes, "output_rules", one.outputRules(), other.outputRules());
    compare(changes, "output_policy", one.outputPolicy(), other.outputPolicy());
    compare(changes, "tenants", one.tenants(), other.tenants());
    compare(changes, "tag_derivers", one.tagDerivers(), other.tagDerivers());
    compare(changes, "agents", one.agents(), other.agents());
    compare(changes, "require_human", one.requireHuman(), other.requireHuman());
    return changes;
  }

  private static List<TierDefault> narrow(PolicyDocument.More more) {
    return more.tierDefaults().stream().filter(one -> one.tier() != Tier.GLOBAL).toList();
  }

  private static void compare(List<PolicyChange> changes, String key, Object one, Object other) {
    if (!one.equals(other)) {
      changes.add(new PolicyChange(PolicyChange.Kind.CHANGED, key, List.of()));
    }
  }

  private static void rules(
      List<PolicyChange> changes, List<PolicyRule> before, List<PolicyRule> after) {
    Map<String, PolicyRule> old = new LinkedHashMap<>();
    before.forEach(rule -> old.put(rule.id(), rule));
    Set<String> kept = new HashSet<>();
    List<String> order = new ArrayList<>();
    for (PolicyRule rule : after) {
      PolicyRule was = old.get(rule.id());
      if (was == null) {
        changes.add(new PolicyChange(PolicyChange.Kind.ADDED, rule.id(), List.of()));
        continue;
      }
      kept.add(rule.id());
      order.add(rule.id());
      List<String> parts = parts(was, rule);
      if (!parts.isEmpty()) {
        changes.add(new PolicyChange(PolicyChange.Kind.CHANGED, rule.id(), parts));
      }
    }
    for (String id : old.keySet()) {
      if (!kept.contains(id)) {
        changes.add(new PolicyChange(PolicyChange.Kind.REMOVED, id, List.of()));
      }
    }
    for (String id : moved(old.keySet().stream().filter(kept::contains).toList(), order)) {
      changes.add(new PolicyChange(PolicyChange.Kind.MOVED, id, List.of()));
    }
  }

  private static List<String> parts(PolicyRule one, PolicyRule other) {
    List<String> parts = new ArrayList<>();
    add(parts, "match", one.match(), other.match());
    add(parts, "when", one.when(), other.when());
    add(parts, "decision", one.decision(), other.decision());
    add(parts, "reason", one.reason(), other.reason());
    add(parts, "tier", one.reach(), other.reach());
    add(parts, "velocity", one.velocity(), other.velocity());
    add(parts, "constraints", one.constraints(), other.constraints());
    add(parts, "remediations", one.remediations(), other.remediations());
    return parts;
  }

  private static void add(List<String> parts, String part, Object one, Object other) {
    if (!one.equals(other)) {
      parts.add(part);
    }
  }

  /// The fewest names whose move turns one order into the other.
  private static List<String> moved(List<String> before, List<String> after) {
    Map<String, Integer> places = new HashMap<>();
    before.forEach(id -> places.put(id, places.size()));
    int[] order = after.stream().mapToInt(id -> places.getOrDefault(id, 0)).toArray();
    int[] tails = new int[after.size()];
    int[] lengths = new int[after.size()];
    int longest = 0;
    for (int i = 0; i < after.size(); i++) {
      int place = order[i];
      int at = Arrays.binarySearch(tails, 0, longest, place);
      int slot = at < 0 ? -at - 1 : at;
      tails[slot] = place;
      lengths[i] = slot + 1;
      longest = Math.max(longest, slot + 1);
    }
    List<String> moved = new ArrayList<>();
    int wanted = longest;
    int next = Integer.MAX_VALUE;
    for (int i = after.size() - 1; i >= 0; i--) {
      int place = order[i];
      if (lengths[i] == wanted && place < next) {
        wanted--;
        next = place;
      } else {
        moved.addFirst(after.get(i));
      }
    }
    return moved;
  }
}
