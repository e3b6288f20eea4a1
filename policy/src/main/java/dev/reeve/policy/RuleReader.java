package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the entries of `rules`. Used once, by one thread.
final class RuleReader {
  private static final int REMEDIATIONS_MAX = 100;
  private static final int LIMIT_MAX = Integer.MAX_VALUE;

  private static final List<String> RULE =
      List.of(
          "id",
          "tier",
          "selector",
          "match",
          "when",
          "decision",
          "reason",
          "velocity",
          "constraints",
          "remediations");
  private static final List<String> VELOCITY = List.of("max_requests", "window_seconds", "key");
  private static final List<String> CONSTRAINTS =
      List.of("budgets", "sandbox", "toolchain", "diff", "redaction_level");
  private static final List<String> REMEDIATION =
      List.of(
          "id",
          "title",
          "summary",
          "replacement_topic",
          "replacement_capability",
          "add_labels",
          "remove_labels");

  private static final String WORDS =
      "allow, deny, require_approval, allow_with_constraints or throttle";

  /// Every word for a decision.
  static final Map<String, Decision> DECISIONS = decisions();

  private final YamlValues values;
  private final MatchReader matches;
  private final ReachReader reaches;
  private final Map<String, Integer> lineOfId = new HashMap<>();

  RuleReader(YamlValues values, MatchReader matches, ReachReader reaches) {
    this.values = values;
    this.matches = matches;
    this.reaches = reaches;
  }

  PolicyRule rule(YamlNode node, String path) {
    Section rule = new Section(values, node, path, RULE);
    return new PolicyRule(
        ruleId(rule, lineOfId),
        matches.match(rule),
        decision(rule),
        rule.words("reason"),
        reaches.reach(rule),
        when(rule),
        velocity(rule.child("velocity", VELOCITY)),
        constraints(rule.child("constraints", CONSTRAINTS)),
        remediations(rule));
  }

  /// A rule without an id is named by its place, so that receipts can still point at it.
  static String ruleId(Section rule, Map<String, Integer> lineOfId) {
    String given = rule.name("id");
    String id = given.isEmpty() ? rule.path() : given;
    YamlNode at = rule.get("id");
    int line = (at == null ? rule.node() : at).place().line();
    Integer firstLine = lineOfId.putIfAbsent(id, line);
    if (firstLine != null) {
      rule.fault("id", Text.quoteForMessage(id) + " is taken by the rule on line " + firstLine);
    }
    return id;
  }

  private static Decision decision(Section rule) {
    if (!rule.has("decision")) {
      rule.fault("decision", "missing (expected: " + WORDS + ")");
    }
    Decision decision = rule.choice("decision", DECISIONS, WORDS);
    return decision == null ? Decision.DENY : decision;
  }

  private static Optional<WhenExpression> when(Section rule) {
    String text = rule.text("when", WhenExpression.LENGTH_MAX);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(WhenExpression.compile(text));
    } catch (IllegalArgumentException e) {
      rule.fault("when", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Velocity> velocity(@Nullable Section velocity) {
    if (velocity == null) {
      return Optional.empty();
    }
    for (String key : VELOCITY) {
      if (!velocity.has(key)) {
        velocity.fault(key, "missing (expected: max_requests, window_seconds and key)");
      }
    }
    String key = velocity.text("key", Section.VALUE_LENGTH_MAX);
    Optional<String> bad = key.isEmpty() ? Optional.empty() : Velocity.badPart(key);
    bad.ifPresent(part ->
        velocity.fault(
            "key",
            Text.quoteForMessage(part)
                + " (expected: labels.<name>, actor_id, actor_type, tenant, topic, pack_id or"
                + " capability, joined with :)"));
    return Optional.of(
        new Velocity(
            velocity.whole("max_requests", 1, LIMIT_MAX, 1),
            (int) velocity.whole("window_seconds", 1, Velocity.WINDOW_SECONDS_MAX, 1),
            bad.isPresent() || key.isEmpty() ? "tenant" : key));
  }

  private static Constraints constraints(@Nullable Section limits) {
    if (limits == null) {
      return Constraints.NONE;
    }
    Section budgets =
        limits.child(
            "budgets",
            List.of("max_runtime_ms", "max_retries", "max_artifact_bytes", "max_concurrent_jobs"));
    Section sandbox =
        limits.child(
            "sandbox", List.of("isolated", "network_allowlist", "fs_read_only", "fs_read_write"));
    Section tools = limits.child("toolchain", List.of("allowed_tools", "allowed_commands"));
    Section diff = limits.child("diff", List.of("max_files", "max_lines", "deny_path_globs"));
    return new Constraints(
        budgets == null
            ? Constraints.Budgets.NONE
            : new Constraints.Budgets(
                budgets.whole("max_runtime_ms", 0, Long.MAX_VALUE, 0),
                (int) budgets.whole("max_retries", 0, LIMIT_MAX, 0),
                budgets.whole("max_artifact_bytes", 0, Long.MAX_VALUE, 0),
                (int) budgets.whole("max_concurrent_jobs", 0, LIMIT_MAX, 0)),
        sandbox == null
            ? Constraints.Sandbox.NONE
            : new Constraints.Sandbox(
                sandbox.flag("isolated").orElse(false),
                sandbox.textsOrNone("network_allowlist"),
                sandbox.textsOrNone("fs_read_only"),
                sandbox.textsOrNone("fs_read_write")),
        tools == null
            ? Constraints.Toolchain.NONE
            : new Constraints.Toolchain(
                tools.textsOrNone("allowed_tools"), tools.textsOrNone("allowed_commands")),
        diff == null
            ? Constraints.Diff.NONE
            : new Constraints.Diff(
                (int) diff.whole("max_files", 0, LIMIT_MAX, 0),
                (int) diff.whole("max_lines", 0, LIMIT_MAX, 0),
                diff.textsOrNone("deny_path_globs")),
        limits.name("redaction_level"));
  }

  private List<Remediation> remediations(Section rule) {
    List<Remediation> remediations = new ArrayList<>();
    for (YamlNode node : rule.items("remediations", REMEDIATIONS_MAX)) {
      String path = rule.at("remediations") + "[" + remediations.size() + "]";
      Section one = new Section(values, node, path, REMEDIATION);
      remediations.add(
          new Remediation(
              one.name("id"),
              one.words("title"),
              one.words("summary"),
              one.text("replacement_topic", PolicyInput.TOPIC_LENGTH_MAX),
              one.name("replacement_capability"),
              one.labels("add_labels"),
              one.textsOrNone("remove_labels")));
    }
    return remediations;
  }

  private static Map<String, Decision> decisions() {
    Map<String, Decision> words = new LinkedHashMap<>();
    for (Decision decision : Decision.values()) {
      words.put(decision.word(), decision);
    }
    words.put("permit", Decision.ALLOW);
    words.put("block", Decision.DENY);
    words.put("require-approval", Decision.REQUIRE_APPROVAL);
    words.put("require_human", Decision.REQUIRE_APPROVAL);
    words.put("allow-with-constraints", Decision.ALLOW_WITH_CONSTRAINTS);
    return Map.copyOf(words);
  }
}
