package dev.reeve.policy;

import dev.reeve.base.Text;
import dev.reeve.policy.YamlNode.Entry;
import dev.reeve.policy.YamlNode.Mapping;
import dev.reeve.policy.YamlNode.Scalar;
import dev.reeve.policy.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the tree of a policy file into a [PolicyDocument] and notes every fault on the way; after
/// a fault the document is worth nothing. Used once, by one thread.
final class PolicyReader {
  static final int RULES_MAX = 50_000;
  static final int LIST_LENGTH_MAX = 1000;
  static final int VALUE_LENGTH_MAX = 512;
  static final int NAME_LENGTH_MAX = 128;
  static final int REASON_LENGTH_MAX = 1024;

  private static final String EMPTY_CONDITION =
      "empty (expected: something, or no key at all to match everything)";

  private static final Map<String, Decision> DECISIONS =
      Map.of(
          "allow", Decision.ALLOW,
          "permit", Decision.ALLOW,
          "deny", Decision.DENY,
          "block", Decision.DENY,
          "require_approval", Decision.REQUIRE_APPROVAL,
          "require-approval", Decision.REQUIRE_APPROVAL,
          "require_human", Decision.REQUIRE_APPROVAL);

  private final YamlValues values;
  private final Faults warnings = new Faults();
  private final Map<String, Integer> lineOfId = new HashMap<>();

  PolicyReader(Faults faults) {
    this.values = new YamlValues(faults);
  }

  /// What is allowed and yet looks like a mistake.
  List<PolicyFault> warnings() {
    return warnings.inOrder();
  }

  PolicyDocument document(YamlNode root) {
    Map<String, YamlNode> keys = values.keys(root, "", PolicyKeys.FILE);
    String version = name(keys.get("version"), "version");
    String tenant = name(keys.get("default_tenant"), "default_tenant");
    Decision decision = defaultDecision(keys.get("default_decision"));
    return new PolicyDocument(version, tenant, decision, rules(keys.get("rules")));
  }

  private Decision defaultDecision(@Nullable YamlNode node) {
    if (node == null) {
      return Decision.DENY;
    }
    String path = "default_decision";
    return switch (values.text(node, path, NAME_LENGTH_MAX)) {
      case "allow" -> Decision.ALLOW;
      case "deny", "" -> Decision.DENY;
      case String other -> {
        values.fault(node, path, Text.quoteForMessage(other) + " (expected: allow or deny)");
        yield Decision.DENY;
      }
    };
  }

  private List<PolicyRule> rules(@Nullable YamlNode node) {
    List<PolicyRule> rules = new ArrayList<>();
    for (YamlNode element : values.elements(node, "rules", RULES_MAX)) {
      rules.add(rule(element, "rules[" + rules.size() + "]"));
    }
    return rules;
  }

  private PolicyRule rule(YamlNode node, String path) {
    Map<String, YamlNode> keys = values.keys(node, path, PolicyKeys.RULE);
    String id = ruleId(keys.get("id"), node, path);
    RuleMatch match = match(keys.get("match"), path + ".match");
    Decision decision = decision(keys.get("decision"), node, path + ".decision");
    YamlNode reasonNode = keys.get("reason");
    String reason =
        reasonNode == null ? "" : values.text(reasonNode, path + ".reason", REASON_LENGTH_MAX);
    return new PolicyRule(id, match, decision, reason);
  }

  /// A rule without an id is named by its place, so that receipts can still point at it.
  private String ruleId(@Nullable YamlNode node, YamlNode rule, String path) {
    String given = name(node, path + ".id");
    String id = given.isEmpty() ? path : given;
    YamlNode at = node == null ? rule : node;
    Integer firstLine = lineOfId.putIfAbsent(id, at.place().line());
    if (firstLine != null) {
      values.fault(
          at,
          path + ".id",
          Text.quoteForMessage(id) + " is taken by the rule on line " + firstLine);
    }
    return id;
  }

  private Decision decision(@Nullable YamlNode node, YamlNode rule, String path) {
    if (node == null) {
      values.fault(rule, path, "missing (expected: allow, deny or require_approval)");
      return Decision.DENY;
    }
    String word = values.text(node, path, NAME_LENGTH_MAX);
    Decision decision = DECISIONS.get(word);
    if (decision != null) {
      return decision;
    }
    if (PolicyKeys.LATER_DECISIONS.contains(word)) {
      values.fault(node, path, word + " comes with governance");
    } else if (!word.isEmpty()) {
      List<String> known = new ArrayList<>(DECISIONS.keySet().stream().sorted().toList());
      known.addAll(PolicyKeys.LATER_DECISIONS);
      String nearest = Text.nearest(word, known);
      String hint =
          nearest.isEmpty()
              ? "expected: allow, deny or require_approval"
              : YamlValues.didYouMean(nearest);
      values.fault(node, path, Text.quoteForMessage(word) + " (" + hint + ")");
    }
    return Decision.DENY;
  }

  private RuleMatch match(@Nullable YamlNode node, String path) {
    if (node == null) {
      return RuleMatch.EVERYTHING;
    }
    Map<String, YamlNode> keys = values.keys(node, path, PolicyKeys.MATCH);
    return new RuleMatch(
        texts(keys.get("tenants"), path + ".tenants"),
        topics(keys.get("topics"), path + ".topics"),
        texts(keys.get("capabilities"), path + ".capabilities"),
        texts(keys.get("risk_tags"), path + ".risk_tags"),
        labels(keys.get("labels"), path + ".labels"));
  }

  private List<String> topics(@Nullable YamlNode node, String path) {
    List<String> patterns = new ArrayList<>();
    List<YamlNode> elements = nonEmptyElements(node, path);
    for (int i = 0; i < elements.size(); i++) {
      String at = path + "[" + i + "]";
      String pattern = values.text(elements.get(i), at, VALUE_LENGTH_MAX);
      if (!pattern.isEmpty()) {
        patterns.add(pattern);
        warnIfUseless(elements.get(i), at, GoGlob.compile(pattern));
      }
    }
    return patterns;
  }

  private void warnIfUseless(YamlNode node, String path, GoGlob glob) {
    String shown = Text.quoteForMessage(glob.pattern());
    String start = glob.literalPrefix();
    boolean fitsJobs =
        start.startsWith(PolicySnapshot.TOPIC_PREFIX)
            || PolicySnapshot.TOPIC_PREFIX.startsWith(start);
    if (glob.isMalformed()) {
      warnings.add(node.place(), path, shown + " is malformed and fits no topic");
    } else if (!fitsJobs) {
      warnings.add(node.place(), path, shown + " fits no topic (expected: starts with job.)");
    }
  }

  private List<String> texts(@Nullable YamlNode node, String path) {
    List<String> texts = new ArrayList<>();
    List<YamlNode> elements = nonEmptyElements(node, path);
    for (int i = 0; i < elements.size(); i++) {
      String text = values.text(elements.get(i), path + "[" + i + "]", VALUE_LENGTH_MAX);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private Map<String, String> labels(@Nullable YamlNode node, String path) {
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof Mapping mapping)) {
      values.fault(node, path, node.kind() + " (expected: names and values)");
      return Map.of();
    }
    if (mapping.entries().isEmpty()) {
      values.fault(node, path, EMPTY_CONDITION);
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (Entry entry : values.unique(mapping, path)) {
      String key = entry.key().text();
      String at = path + "." + YamlValues.printable(key);
      if (!(entry.value() instanceof Scalar value) || value.isNull()) {
        values.fault(entry.value(), at, entry.value().kind() + " (expected: a text)");
      } else {
        labels.put(key, value.text());
      }
    }
    return labels;
  }

  /// An empty list would read like "nobody" and mean "everybody", so it has to be said clearly.
  private List<YamlNode> nonEmptyElements(@Nullable YamlNode node, String path) {
    if (node instanceof Sequence sequence && sequence.elements().isEmpty()) {
      values.fault(node, path, EMPTY_CONDITION);
    }
    return values.elements(node, path, LIST_LENGTH_MAX);
  }

  private String name(@Nullable YamlNode node, String path) {
    return node == null ? "" : values.text(node, path, NAME_LENGTH_MAX);
  }
}
