package dev.reeve.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A condition of a rule beyond those that the index files rules by. All terms of a rule must hold.
public sealed interface MatchTerm
    permits MatchTerm.PackIds,
        MatchTerm.ActorIds,
        MatchTerm.ActorTypes,
        MatchTerm.Requires,
        MatchTerm.LabelAllowlist,
        MatchTerm.LabelThreshold,
        MatchTerm.SecretsPresent,
        MatchTerm.AgentRiskTiers,
        MatchTerm.AgentDataClassifications,
        MatchTerm.Mcp,
        DelegationMatch,
        DelegationPredicate {
  /// Whether the request meets the condition.
  boolean fits(PolicyInput input);

  /// The key in a policy file.
  String key();

  /// The pack is one of these.
  record PackIds(List<String> ids) implements MatchTerm {
    public PackIds {
      ids = List.copyOf(ids);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return Names.isIn(input.facts().packId(), ids);
    }

    @Override
    public String key() {
      return "pack_ids";
    }
  }

  /// The actor is one of these.
  record ActorIds(List<String> ids) implements MatchTerm {
    public ActorIds {
      ids = List.copyOf(ids);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return Names.isIn(input.actorId(), ids);
    }

    @Override
    public String key() {
      return "actor_ids";
    }
  }

  /// The actor is of one of these types.
  record ActorTypes(List<String> types) implements MatchTerm {
    public ActorTypes {
      types = List.copyOf(types);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return Names.isIn(input.facts().actorType(), types);
    }

    @Override
    public String key() {
      return "actor_types";
    }
  }

  /// The work requires all of these.
  record Requires(List<String> names) implements MatchTerm {
    public Requires {
      names = List.copyOf(names);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return names.stream().allMatch(name -> Names.isIn(name, input.facts().requires()));
    }

    @Override
    public String key() {
      return "requires";
    }
  }

  /// A label is present with a value outside its list.
  record LabelAllowlist(Map<String, List<String>> allowed) implements MatchTerm {
    public LabelAllowlist {
      allowed = Map.copyOf(allowed);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return allowed.entrySet().stream()
          .anyMatch(entry -> {
            String value = input.labels().get(entry.getKey());
            return value != null && !Names.isIn(value, entry.getValue());
          });
    }

    @Override
    public String key() {
      return "label_allowlist";
    }
  }

  /// A label is a number above its threshold.
  record LabelThreshold(Map<String, Double> thresholds) implements MatchTerm {
    public LabelThreshold {
      thresholds = Map.copyOf(thresholds);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return thresholds.entrySet().stream()
          .anyMatch(entry ->
              LabelNumbers.parse(input.labels().getOrDefault(entry.getKey(), ""))
                  > entry.getValue());
    }

    @Override
    public String key() {
      return "label_threshold";
    }
  }

  /// Whether the request is known to carry secrets.
  record SecretsPresent(boolean expected) implements MatchTerm {
    @Override
    public boolean fits(PolicyInput input) {
      return input.secretsPresent() == expected;
    }

    @Override
    public String key() {
      return "secrets_present";
    }
  }

  /// The registered agent has one of these risk tiers.
  record AgentRiskTiers(List<String> tiers) implements MatchTerm {
    public AgentRiskTiers {
      tiers = List.copyOf(tiers);
    }

    @Override
    public boolean fits(PolicyInput input) {
      return input.facts().agent().filter(a -> Names.isIn(a.riskTier(), tiers)).isPresent();
    }

    @Override
    public String key() {
      return "agent_risk_tiers";
    }
  }

  /// The registered agent handles data of one of these classes.
  record AgentDataClassifications(List<String> classes) implements MatchTerm {
    public AgentDataClassifications {
      classes = List.copyOf(classes);
    }

    @Override
    public boolean fits(PolicyInput input) {
      Optional<AgentFacts> agent = input.facts().agent();
      return agent.isPresent() && Names.isAnyIn(agent.get().dataClassifications(), classes);
    }

    @Override
    public String key() {
      return "agent_data_classifications";
    }
  }

  /// The tool call, if there is one, is welcome.
  record Mcp(McpLists lists) implements MatchTerm {
    @Override
    public boolean fits(PolicyInput input) {
      return lists.refusal(McpCall.ofLabels(input.labels())).isEmpty();
    }

    @Override
    public String key() {
      return "mcp";
    }
  }
}
