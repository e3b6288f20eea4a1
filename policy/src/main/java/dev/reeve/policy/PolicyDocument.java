package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// What a policy file says, or several that were merged.
///
/// @param version the author's name for this state of the file; may be empty
/// @param defaultTenant tenant of a request that names none; may be empty
/// @param defaultDecision answer when no rule matches: allow or deny
/// @param rules in order; the first that matches decides
/// @param more everything else
public record PolicyDocument(
    String version,
    String defaultTenant,
    Decision defaultDecision,
    List<PolicyRule> rules,
    More more) {
  /// The parts of a policy beside its rules.
  ///
  /// @param tierDefaults defaults that were given, of each tier
  /// @param tenants by name, folded
  /// @param tagDerivers risk tags that follow from labels
  /// @param agents what is registered about agents
  public record More(
      List<TierDefault> tierDefaults,
      List<InputRule> inputRules,
      InputPolicy inputPolicy,
      List<OutputRule> outputRules,
      OutputPolicy outputPolicy,
      Map<String, TenantPolicy> tenants,
      RequireHuman requireHuman,
      List<TagDeriver> tagDerivers,
      List<RegisteredAgent> agents) {
    public static final More NONE =
        new More(
            List.of(),
            List.of(),
            InputPolicy.DEFAULT,
            List.of(),
            OutputPolicy.UNSAID,
            Map.of(),
            RequireHuman.NEVER,
            List.of(),
            List.of());

    public More {
      tierDefaults = List.copyOf(tierDefaults);
      inputRules = List.copyOf(inputRules);
      outputRules = List.copyOf(outputRules);
      tenants = Map.copyOf(tenants);
      tagDerivers = List.copyOf(tagDerivers);
      agents = List.copyOf(agents);
    }
  }

  public PolicyDocument {
    rules = List.copyOf(rules);
  }

  /// Whether it decides and demands nothing: it has a name at most.
  boolean saysNothing() {
    return rules.isEmpty() && defaultTenant.isEmpty() && more.equals(More.NONE);
  }

  /// A policy of rules alone.
  public PolicyDocument(
      String version, String defaultTenant, Decision defaultDecision, List<PolicyRule> rules) {
    this(version, defaultTenant, defaultDecision, rules, More.NONE);
  }
}
