package dev.reeve.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Policies and requests drawn from small vocabularies, so that they meet often.
final class RandomPolicies {
  private static final List<String> TENANTS =
      List.of("acme", "Acme ", "GLOBEX", "globex", "initech", "default", "\u00dcmlaut");
  private static final List<String> PARTS =
      List.of("ops", "db", "llm", "a", "b", "read", "write", "v1", "v2");
  private static final List<String> WILD = List.of("*", "?", "v?", "[a-b]", "[^a]", "*d", "[");
  private static final List<String> CAPABILITIES = List.of("chat", "Chat", "run", "sql ", "embed");
  private static final List<String> TAGS = List.of("prod", "PROD", "pii", "write", " low");
  private static final List<String> LABEL_NAMES = List.of("env", "team", "region");
  private static final List<String> LABEL_VALUES = List.of("prod", "dev", "", "x");

  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  PolicyDocument policy(int rules) {
    List<PolicyRule> list = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      list.add(new PolicyRule("r" + i, match(), one(List.of(Decision.values())), ""));
    }
    return new PolicyDocument(
        "", random.nextBoolean() ? "acme" : "", one(List.of(Decision.ALLOW, Decision.DENY)), list);
  }

  PolicyInput input() {
    return new PolicyInput(
        random.nextInt(6) == 0 ? " " : one(TENANTS),
        random.nextInt(20) == 0 ? "jobs.a" : topic(false),
        random.nextInt(3) == 0 ? "" : one(CAPABILITIES),
        some(TAGS, 3),
        labels(3),
        "ann");
  }

  private RuleMatch match() {
    return new RuleMatch(
        random.nextBoolean() ? List.of() : some(TENANTS, 8),
        random.nextInt(3) == 0 ? List.of() : topics(),
        random.nextInt(3) > 0 ? List.of() : some(CAPABILITIES, 2),
        random.nextInt(3) > 0 ? List.of() : some(TAGS, 2),
        random.nextInt(3) > 0 ? Map.of() : labels(2));
  }

  private List<String> topics() {
    List<String> topics = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      topics.add(topic(true));
    }
    return topics;
  }

  private String topic(boolean pattern) {
    StringBuilder topic = new StringBuilder(pattern && random.nextInt(10) == 0 ? "*" : "job");
    for (int i = random.nextInt(4); i >= 0; i--) {
      topic.append(random.nextInt(30) == 0 ? "/" : ".");
      topic.append(one(pattern && random.nextInt(3) == 0 ? WILD : PARTS));
    }
    return topic.toString();
  }

  private Map<String, String> labels(int most) {
    Map<String, String> labels = new HashMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      labels.put(one(LABEL_NAMES), one(LABEL_VALUES));
    }
    return labels;
  }

  private List<String> some(List<String> values, int most) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      some.add(one(values));
    }
    return some;
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
