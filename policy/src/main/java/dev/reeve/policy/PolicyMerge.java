package dev.reeve.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Merges policies: a rule of a later one replaces that of the same id in its place, other rules
/// come after; of texts, defaults and settings the first that says something holds. The floor is
/// asked first in all of this, and its rules are replaced by nothing.
final class PolicyMerge {
  private PolicyMerge() {}

  static PolicyDocument merge(List<PolicyDocument> files, Optional<PolicyDocument> floor) {
    if (files.size() == 1 && floor.isEmpty()) {
      return files.getFirst();
    }
    List<PolicyDocument> all = new ArrayList<>();
    floor.ifPresent(all::add);
    all.addAll(files);
    List<PolicyRule> rules = new ArrayList<>();
    List<InputRule> inputRules = new ArrayList<>();
    List<OutputRule> outputRules = new ArrayList<>();
    floor.ifPresent(policy -> {
      policy.rules().forEach(rule -> rules.add(rule.asInvariant()));
      policy.more().inputRules().forEach(rule -> inputRules.add(rule.asInvariant()));
      outputRules.addAll(policy.more().outputRules());
    });
    rules.addAll(byId(files, PolicyDocument::rules, PolicyRule::id));
    inputRules.addAll(byId(files, file -> file.more().inputRules(), InputRule::id));
    outputRules.addAll(byId(files, file -> file.more().outputRules(), OutputRule::id));
    // Those of the floor come last, so that what they find stands.
    List<TagDeriver> derivers =
        new ArrayList<>(byId(files, file -> file.more().tagDerivers(), TagDeriver::id));
    floor.ifPresent(policy -> derivers.addAll(policy.more().tagDerivers()));
    List<TierDefault> defaults =
        all.stream().flatMap(file -> file.more().tierDefaults().stream()).toList();
    PolicyDocument.More more =
        new PolicyDocument.More(
            defaults,
            inputRules,
            inputPolicy(all, floor),
            outputRules,
            OutputPolicy.merged(
                all.stream().map(file -> file.more().outputPolicy()).toList(),
                floor.filter(PolicyMerge::checksOutputs).isPresent()),
            tenants(all),
            first(all, file -> file.more().requireHuman(), RequireHuman.NEVER),
            derivers,
            agents(files, floor));
    return new PolicyDocument(
        first(all, PolicyDocument::version, ""),
        first(all, PolicyDocument::defaultTenant, ""),
        defaults.stream()
            .filter(one -> one.tier() == Tier.GLOBAL)
            .map(TierDefault::decision)
            .findFirst()
            .orElse(Decision.DENY),
        rules,
        more);
  }

  /// What the floor says of an agent holds.
  private static List<RegisteredAgent> agents(
      List<PolicyDocument> files, Optional<PolicyDocument> floor) {
    List<PolicyDocument> all = new ArrayList<>(files);
    floor.ifPresent(all::add);
    return List.copyOf(byId(all, file -> file.more().agents(), RegisteredAgent::id));
  }

  private static boolean checksOutputs(PolicyDocument floor) {
    return floor.more().outputPolicy().applies(floor.more().outputRules().size());
  }

  /// No file switches off the input rules of the floor, or has them fail more mildly.
  private static InputPolicy inputPolicy(List<PolicyDocument> all, Optional<PolicyDocument> floor) {
    InputPolicy said = first(all, file -> file.more().inputPolicy(), InputPolicy.DEFAULT);
    return floor
        .map(PolicyDocument::more)
        .filter(more -> more.inputPolicy().enabled() && !more.inputRules().isEmpty())
        .map(more -> more.inputPolicy().stricter(said))
        .orElse(said);
  }

  private static <T> Collection<T> byId(
      List<PolicyDocument> files, Function<PolicyDocument, List<T>> rules, Function<T, String> id) {
    Map<String, T> merged = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      for (T rule : rules.apply(files.get(i))) {
        // A rule without an id is named by its place, which means another place in each file.
        String own = id.apply(rule);
        merged.put(own.endsWith("]") ? own + " " + i : own, rule);
      }
    }
    return merged.values();
  }

  private static <T> T first(
      List<PolicyDocument> files, Function<PolicyDocument, T> part, T unsaid) {
    return files.stream().map(part).filter(one -> !one.equals(unsaid)).findFirst().orElse(unsaid);
  }

  /// What several files say of a tenant holds together, so that no file takes back what another one
  /// forbids.
  private static Map<String, TenantPolicy> tenants(List<PolicyDocument> files) {
    Map<String, TenantPolicy> merged = new HashMap<>();
    for (PolicyDocument file : files) {
      file.more()
          .tenants()
          .forEach((name, tenant) -> merged.merge(name, tenant, PolicyMerge::both));
    }
    return merged;
  }

  private static TenantPolicy both(TenantPolicy one, TenantPolicy other) {
    int least = Math.min(one.maxConcurrentJobs(), other.maxConcurrentJobs());
    int most = Math.max(one.maxConcurrentJobs(), other.maxConcurrentJobs());
    return new TenantPolicy(
        one.name(),
        joined(one.allowTopics(), other.allowTopics()),
        joined(one.denyTopics(), other.denyTopics()),
        one.allowedRepoHosts().isEmpty() ? other.allowedRepoHosts() : one.allowedRepoHosts(),
        joined(one.deniedRepoHosts(), other.deniedRepoHosts()),
        least == 0 ? most : least,
        new McpLists(
            both(one.mcp().servers(), other.mcp().servers()),
            both(one.mcp().tools(), other.mcp().tools()),
            both(one.mcp().resources(), other.mcp().resources()),
            both(one.mcp().actions(), other.mcp().actions())));
  }

  private static McpLists.Field both(McpLists.Field one, McpLists.Field other) {
    return new McpLists.Field(
        one.allow().isEmpty() ? other.allow() : one.allow(), joined(one.deny(), other.deny()));
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
