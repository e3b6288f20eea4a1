package dev.reeve.bench;

import dev.reeve.policy.PolicyInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// A policy as a company with many teams writes it, and requests to it. The same for the same size.
///
/// Six of ten rules restrict and stand in front; the rest permit; the default is deny. Of 50 rules
/// 44 name an area of work, by its exact topics or by globs, with tenants, risk tags or labels
/// beside it; 4 hold for a tenant whatever its topic, one for a verb of every area, one for every
/// topic with a label. Areas and tenants grow with the number of rules, tags and labels do not.
final class SamplePolicy {
  private static final int RULES_PER_AREA = 20;
  private static final int RULES_PER_TENANT = 50;
  private static final int TAGS = 40;
  private static final List<String> VERBS =
      List.of("read", "write", "deploy", "restart", "delete", "train", "export", "pay");
  private static final List<String> ENVIRONMENTS = List.of("prod", "staging", "test");
  private static final List<String> REGIONS = List.of("eu", "us", "ap", "sa", "af", "me");

  private final Random random;
  private final int areas;
  private final int tenants;
  private final List<SampleRule> rules = new ArrayList<>();

  SamplePolicy(int size) {
    random = new Random(size);
    areas = Math.max(2, size / RULES_PER_AREA);
    tenants = Math.max(2, size / RULES_PER_TENANT);
    for (int i = 0; i < size; i++) {
      rules.add(rule(i, i < size * 6 / 10 ? (i % 3 == 2 ? "require_approval" : "deny") : "allow"));
    }
  }

  List<SampleRule> rules() {
    return List.copyOf(rules);
  }

  String yaml() {
    return "version: \"1\"\ndefault_decision: deny\nrules:\n"
        + rules.stream().map(SampleRule::yaml).collect(Collectors.joining());
  }

  String cedar() {
    return rules.stream().map(SampleRule::cedar).collect(Collectors.joining());
  }

  /// Requests made for rules drawn from the whole policy, a quarter each from its first tenth, from
  /// anywhere and from its last tenth; the last quarter is made for none.
  List<PolicyInput> requests(int count) {
    List<PolicyInput> requests = new ArrayList<>();
    int size = rules.size();
    int tenth = Math.max(1, size / 10);
    for (int i = 0; i < count; i++) {
      requests.add(
          switch (i % 4) {
            case 0 -> requestFor(rules.get(random.nextInt(tenth)));
            case 1 -> requestFor(rules.get(random.nextInt(size)));
            case 2 -> requestFor(rules.get(size - 1 - random.nextInt(tenth)));
            default -> stranger();
          });
    }
    return requests;
  }

  private SampleRule rule(int i, String decision) {
    String id = "r" + i;
    String area = area();
    String verb = pick(VERBS);
    return switch (random.nextInt(50)) {
      case 0 -> new SampleRule(id, decision, "job.*." + verb, List.of(), tags(2), Map.of());
      case 1 -> new SampleRule(id, decision, "", List.of(), tags(1), labels(2));
      case 2, 3, 4, 5 -> new SampleRule(id, decision, "", List.of(tenant()), tags(1), labels(1));
      default -> ofArea(id, decision, area, verb);
    };
  }

  private SampleRule ofArea(String id, String decision, String area, String verb) {
    return switch (random.nextInt(5)) {
      case 0 -> new SampleRule(id, decision, area + "." + verb, List.of(), tags(1), Map.of());
      case 1 -> new SampleRule(id, decision, area + ".*", List.of(tenant()), tags(2), Map.of());
      case 2 ->
          new SampleRule(id, decision, area + "." + verb + ".*", List.of(), List.of(), labels(2));
      case 3 ->
          new SampleRule(
              id, decision, area + "." + verb, List.of(tenant(), tenant()), List.of(), labels(1));
      default -> new SampleRule(id, decision, area + ".*", List.of(), tags(1), labels(1));
    };
  }

  /// Fits the rule, and has a tag and two labels more.
  private PolicyInput requestFor(SampleRule rule) {
    Map<String, String> labels = new HashMap<>(noise());
    labels.putAll(rule.labels());
    List<String> tags = new ArrayList<>(tags(1));
    if (!rule.tags().isEmpty()) {
      tags.add(pick(rule.tags()));
    }
    String tenant = rule.tenants().isEmpty() ? tenant() : pick(rule.tenants());
    String topic =
        rule.topic().isEmpty()
            ? area() + "." + pick(VERBS)
            : rule.topic().startsWith("job.*")
                ? area() + rule.topic().substring("job.*".length())
                : rule.topic().replace("*", "nightly");
    return input(tenant, topic, tags, labels);
  }

  /// Of a known area, with tags and labels that no rule names.
  private PolicyInput stranger() {
    return input(
        tenant(), area() + "." + pick(VERBS) + ".nightly", List.of("calm", "known"), noise());
  }

  private static PolicyInput input(
      String tenant, String topic, List<String> tags, Map<String, String> labels) {
    return new PolicyInput(tenant, topic, "", tags, labels, "svc-" + tenant);
  }

  private Map<String, String> noise() {
    return Map.of("team", "t" + random.nextInt(50), "cost_center", "c" + random.nextInt(90));
  }

  private Map<String, String> labels(int count) {
    return count == 1
        ? Map.of("env", pick(ENVIRONMENTS))
        : Map.of("env", pick(ENVIRONMENTS), "region", pick(REGIONS));
  }

  private List<String> tags(int count) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add("risk-" + random.nextInt(TAGS));
    }
    return tags.stream().distinct().toList();
  }

  private String area() {
    return "job.area" + random.nextInt(areas);
  }

  private String tenant() {
    return "tenant" + random.nextInt(tenants);
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
