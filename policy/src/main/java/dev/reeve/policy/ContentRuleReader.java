package dev.reeve.policy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads the entries of `input_rules` and `output_rules`. Used once, by one thread.
final class ContentRuleReader {
  private static final List<String> INPUT_RULE =
      List.of(
          "id",
          "tier",
          "selector",
          "enabled",
          "severity",
          "description",
          "match",
          "decision",
          "reason");
  private static final List<String> OUTPUT_RULE =
      List.of("id", "enabled", "severity", "description", "match", "decision", "reason");
  private static final List<String> COMMON =
      List.of(
          "tenants",
          "topics",
          "capabilities",
          "risk_tags",
          "scanners",
          "detectors",
          "content_patterns",
          "keywords",
          "content_types");
  private static final List<String> INPUT_MATCH =
      with(COMMON, "input_size_gt", "max_input_bytes", "scope");
  private static final List<String> OUTPUT_MATCH =
      with(COMMON, "output_size_gt", "max_output_bytes", "has_error");
  private static final List<String> SCOPE =
      List.of(
          "instruction_path",
          "items_path",
          "category_path",
          "name_path",
          "allowed_categories",
          "aliases",
          "on_missing_input",
          "on_ambiguous");

  /// Longest keyword, in any case.
  private static final int KEYWORD_BYTES_MAX = 512;

  static final Map<String, RuleSeverity> SEVERITIES = severities();
  private static final String SEVERITY_WORDS = "low, medium, high or critical";
  private static final Map<String, Boolean> DENIES = Map.of("deny", true, "allow", false);

  private final YamlValues values;
  private final MatchReader matches;
  private final ReachReader reaches;
  private final Map<String, Integer> lineOfInputId = new HashMap<>();
  private final Map<String, Integer> lineOfOutputId = new HashMap<>();

  ContentRuleReader(YamlValues values, MatchReader matches, ReachReader reaches) {
    this.values = values;
    this.matches = matches;
    this.reaches = reaches;
  }

  InputRule input(YamlNode node, String path) {
    Section rule = new Section(values, node, path, INPUT_RULE);
    Section match = rule.child("match", INPUT_MATCH);
    Decision decision =
        rule.choice(
            "decision",
            Map.of(
                "deny", Decision.DENY,
                "block", Decision.DENY,
                "require_approval", Decision.REQUIRE_APPROVAL,
                "require-approval", Decision.REQUIRE_APPROVAL,
                "require_human", Decision.REQUIRE_APPROVAL),
            "deny or require_approval");
    if (!rule.has("decision")) {
      rule.fault("decision", "missing (expected: deny or require_approval)");
    }
    return new InputRule(
        RuleReader.ruleId(rule, lineOfInputId),
        rule.flag("enabled").orElse(true),
        reaches.reach(rule),
        severity(rule),
        content(match, "input_size_gt", "max_input_bytes"),
        scope(match),
        decision == null ? Decision.DENY : decision,
        rule.words("reason"));
  }

  OutputRule output(YamlNode node, String path) {
    Section rule = new Section(values, node, path, OUTPUT_RULE);
    Section match = rule.child("match", OUTPUT_MATCH);
    OutputRule.Action action =
        rule.choice(
            "decision",
            Map.of(
                "allow", OutputRule.Action.ALLOW,
                "redact", OutputRule.Action.REDACT,
                "quarantine", OutputRule.Action.QUARANTINE,
                "deny", OutputRule.Action.QUARANTINE),
            "allow, redact, quarantine or deny");
    if (!rule.has("decision")) {
      rule.fault("decision", "missing (expected: allow, redact, quarantine or deny)");
    }
    return new OutputRule(
        RuleReader.ruleId(rule, lineOfOutputId),
        rule.flag("enabled").orElse(true),
        severity(rule),
        rule.words("description"),
        content(match, "output_size_gt", "max_output_bytes"),
        match == null ? Optional.empty() : match.flag("has_error"),
        action == null ? OutputRule.Action.QUARANTINE : action,
        rule.words("reason"));
  }

  private static RuleSeverity severity(Section rule) {
    RuleSeverity severity = rule.choice("severity", SEVERITIES, SEVERITY_WORDS);
    return severity == null ? RuleSeverity.HIGH : severity;
  }

  private ContentMatch content(@Nullable Section match, String sizeKey, String otherSizeKey) {
    if (match == null) {
      return new ContentMatch(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          OptionalLong.empty());
    }
    List<String> scanners = new ArrayList<>(match.texts("scanners"));
    scanners.addAll(match.texts("detectors"));
    OptionalLong size =
        match.has(sizeKey) || match.has(otherSizeKey)
            ? OptionalLong.of(
                Math.max(
                    match.whole(sizeKey, 0, Long.MAX_VALUE, 0),
                    match.whole(otherSizeKey, 0, Long.MAX_VALUE, 0)))
            : OptionalLong.empty();
    return new ContentMatch(
        match.texts("tenants"),
        matches.topics(match, "topics"),
        match.texts("capabilities"),
        match.texts("risk_tags"),
        scanners.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList(),
        patterns(match),
        keywords(match),
        match.texts("content_types"),
        size);
  }

  private static List<String> keywords(Section match) {
    List<String> keywords = match.texts("keywords");
    for (String keyword : keywords) {
      int bytes = Bytes.utf8(keyword.toUpperCase(Locale.ROOT)).size();
      bytes = Math.max(bytes, Bytes.utf8(keyword.toLowerCase(Locale.ROOT)).size());
      if (Math.max(bytes, Bytes.utf8(keyword).size()) > KEYWORD_BYTES_MAX) {
        match.fault("keywords", "too long (expected: at most " + KEYWORD_BYTES_MAX + " bytes)");
      }
    }
    return keywords;
  }

  private static List<RuleRegex> patterns(Section match) {
    List<RuleRegex> patterns = new ArrayList<>();
    for (String text : match.texts("content_patterns")) {
      try {
        patterns.add(RuleRegex.compile(text));
      } catch (IllegalArgumentException e) {
        match.fault("content_patterns", String.valueOf(e.getMessage()));
      }
    }
    return patterns;
  }

  private static Optional<InputScope> scope(@Nullable Section match) {
    Section scope = match == null ? null : match.child("scope", SCOPE);
    if (scope == null) {
      return Optional.empty();
    }
    for (String key : List.of("instruction_path", "items_path")) {
      if (!scope.has(key)) {
        scope.fault(key, "missing (expected: names with dots between them)");
      }
    }
    Boolean missing = scope.choice("on_missing_input", DENIES, "deny or allow");
    Boolean ambiguous = scope.choice("on_ambiguous", DENIES, "deny or allow");
    return Optional.of(
        new InputScope(
            scope.text("instruction_path", Section.VALUE_LENGTH_MAX),
            scope.text("items_path", Section.VALUE_LENGTH_MAX),
            scope.has("category_path")
                ? scope.text("category_path", Section.VALUE_LENGTH_MAX)
                : InputScope.CATEGORY,
            scope.has("name_path")
                ? scope.text("name_path", Section.VALUE_LENGTH_MAX)
                : InputScope.NAME,
            scope.lists("allowed_categories"),
            scope.labels("aliases"),
            missing == null || missing,
            ambiguous == null || ambiguous));
  }

  private static List<String> with(List<String> keys, String... more) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  private static Map<String, RuleSeverity> severities() {
    Map<String, RuleSeverity> words = new HashMap<>();
    for (RuleSeverity severity : RuleSeverity.values()) {
      words.put(severity.word(), severity);
    }
    return Map.copyOf(words);
  }
}
