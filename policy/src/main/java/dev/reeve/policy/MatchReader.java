package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Reads what rules match on, and notes what is allowed and yet looks like a mistake.
final class MatchReader {
  private static final List<String> MATCH =
      List.of(
          "tenants",
          "topics",
          "capabilities",
          "risk_tags",
          "labels",
          "requires",
          "pack_ids",
          "actor_ids",
          "actor_types",
          "label_allowlist",
          "label_threshold",
          "secrets_present",
          "agent_risk_tiers",
          "agent_data_classifications",
          "predicate",
          "delegation",
          "mcp");
  private static final List<String> DELEGATION =
      List.of(
          "max_depth",
          "issuers",
          "require_issuer",
          "required_scope",
          "forbid_delegated",
          "delegation_required");
  private static final List<String> MCP =
      List.of(
          "allow_servers",
          "deny_servers",
          "allow_tools",
          "deny_tools",
          "allow_resources",
          "deny_resources",
          "allow_actions",
          "deny_actions");

  private final Faults warnings;

  MatchReader(Faults warnings) {
    this.warnings = warnings;
  }

  RuleMatch match(Section rule) {
    Section match = rule.child("match", MATCH);
    if (match == null) {
      return RuleMatch.EVERYTHING;
    }
    return new RuleMatch(
        match.texts("tenants"),
        topics(match, "topics"),
        match.texts("capabilities"),
        match.texts("risk_tags"),
        match.labels("labels"),
        terms(match));
  }

  private static List<MatchTerm> terms(Section match) {
    List<MatchTerm> terms = new ArrayList<>();
    if (match.has("requires")) {
      terms.add(new MatchTerm.Requires(match.texts("requires")));
    }
    if (match.has("pack_ids")) {
      terms.add(new MatchTerm.PackIds(match.texts("pack_ids")));
    }
    if (match.has("actor_ids")) {
      terms.add(new MatchTerm.ActorIds(match.texts("actor_ids")));
    }
    if (match.has("actor_types")) {
      terms.add(new MatchTerm.ActorTypes(match.texts("actor_types")));
    }
    if (match.has("label_allowlist")) {
      terms.add(new MatchTerm.LabelAllowlist(match.lists("label_allowlist")));
    }
    if (match.has("label_threshold")) {
      terms.add(new MatchTerm.LabelThreshold(match.numbers("label_threshold")));
    }
    match.flag("secrets_present").map(MatchTerm.SecretsPresent::new).ifPresent(terms::add);
    if (match.has("agent_risk_tiers")) {
      terms.add(new MatchTerm.AgentRiskTiers(match.texts("agent_risk_tiers")));
    }
    if (match.has("agent_data_classifications")) {
      terms.add(new MatchTerm.AgentDataClassifications(match.texts("agent_data_classifications")));
    }
    predicate(match).ifPresent(terms::add);
    delegation(match.child("delegation", DELEGATION)).ifPresent(terms::add);
    if (match.has("mcp")) {
      terms.add(new MatchTerm.Mcp(mcp(match)));
    }
    return terms;
  }

  /// Patterns for topics, with a warning for each that no topic can fit.
  List<String> topics(Section section, String key) {
    List<String> patterns = section.texts(key);
    List<YamlNode> nodes = section.items(key, Section.LIST_LENGTH_MAX);
    for (int i = 0; i < nodes.size() && patterns.size() == nodes.size(); i++) {
      warnIfUseless(nodes.get(i), section.at(key) + "[" + i + "]", patterns.get(i));
    }
    return patterns;
  }

  private void warnIfUseless(YamlNode node, String path, String pattern) {
    GoGlob glob = GoGlob.compile(pattern);
    String start = glob.literalPrefix();
    boolean fitsJobs =
        start.startsWith(PolicySnapshot.TOPIC_PREFIX)
            || PolicySnapshot.TOPIC_PREFIX.startsWith(start);
    if (glob.isMalformed()) {
      warnings.add(
          node.place(), path, Text.quoteForMessage(pattern) + " is malformed and fits no topic");
    } else if (!fitsJobs) {
      warnings.add(
          node.place(),
          path,
          Text.quoteForMessage(pattern) + " fits no topic (expected: starts with job.)");
    }
  }

  private static Optional<MatchTerm> predicate(Section match) {
    String text = match.text("predicate", Section.VALUE_LENGTH_MAX);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<DelegationPredicate> predicate = DelegationPredicate.parse(text);
    if (predicate.isEmpty()) {
      match.fault(
          "predicate",
          Text.quoteForMessage(text)
              + " (expected: delegation.depth <op> N, delegation.issuer == 'x' or"
              + " delegation.scope.contains('x'))");
    }
    return predicate.map(p -> p);
  }

  private static Optional<MatchTerm> delegation(@Nullable Section section) {
    if (section == null) {
      return Optional.empty();
    }
    boolean forbid = section.flag("forbid_delegated").orElse(false);
    boolean require = section.flag("delegation_required").orElse(false);
    if (forbid && require) {
      section.fault("delegation_required", "contradicts forbid_delegated (expected: one of both)");
    }
    return Optional.of(
        new DelegationMatch(
            section.has("max_depth")
                ? OptionalInt.of((int) section.whole("max_depth", 0, 1_000_000, 0))
                : OptionalInt.empty(),
            section.texts("issuers"),
            section.name("require_issuer"),
            section.texts("required_scope"),
            forbid,
            require));
  }

  /// The lists under `mcp`.
  static McpLists mcp(Section parent) {
    Section mcp = parent.child("mcp", MCP);
    return mcp == null
        ? McpLists.NONE
        : new McpLists(
            field(mcp, "servers"),
            field(mcp, "tools"),
            field(mcp, "resources"),
            field(mcp, "actions"));
  }

  private static McpLists.Field field(Section mcp, String name) {
    return new McpLists.Field(mcp.textsOrNone("allow_" + name), mcp.textsOrNone("deny_" + name));
  }
}
