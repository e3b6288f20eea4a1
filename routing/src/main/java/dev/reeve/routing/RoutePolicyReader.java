package dev.reeve.routing;

import dev.reeve.base.Text;
import dev.reeve.routing.PolicyBody.Backoff;
import dev.reeve.routing.PolicyBody.Failover;
import dev.reeve.routing.PolicyBody.FallbackRule;
import dev.reeve.routing.PolicyBody.Growth;
import dev.reeve.routing.PolicyBody.PreferRule;
import dev.reeve.routing.PolicyBody.Score;
import dev.reeve.routing.PolicyBody.Selection;
import dev.reeve.routing.PolicyBody.Sticky;
import dev.reeve.routing.PolicyBody.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads policies: the one parser and the one validation for every way by which they come. All
/// errors at once, each with its path; an unknown key is one, with the nearest name.
public final class RoutePolicyReader {
  static final int PROVIDERS_MAX = 1_000;
  static final int RULES_MAX = 256;
  static final Pattern PROVIDER_ID = Pattern.compile("[a-z0-9_:./-]{1,255}");
  static final String PROVIDER_EXPECTED =
      "1 to 255 lower-case letters, digits and any of _ : . / -";
  static final Pattern POLICY_ID = Pattern.compile("[a-zA-Z0-9_.-]{1,255}");
  private static final String POLICY_EXPECTED = "1 to 255 letters, digits and any of _ . -";
  private static final Pattern SCHEMA_VERSION = Pattern.compile("\\d{1,9}\\.\\d{1,9}");
  private static final Pattern TTL = Pattern.compile("\\d{1,9}[smh]");
  static final Pattern ANY_TEXT = Pattern.compile("(?s).{1,255}");
  private static final int TTL_SECONDS_MAX = 86_400;
  private static final int TTL_SECONDS_DEFAULT = 3_600;
  private static final int ERRORS_MAX = 100;
  private static final int SOURCE_LENGTH_MAX = 1 << 20;

  private final List<PolicyError> errors = new ArrayList<>();
  private final Map<String, Targets.Target> listed = new TreeMap<>();
  private final Map<String, Targets.Target> named = new TreeMap<>();

  private RoutePolicyReader() {}

  /// Reads a policy from its JSON.
  ///
  /// @param policyId the name it is kept under; empty when `policy_id` in the source must say it
  public static PolicyReading read(String policyId, String json) {
    if (json.length() > SOURCE_LENGTH_MAX) {
      return new PolicyReading.Invalid(
          List.of(
              new PolicyError(
                  "",
                  json.length() + " characters (expected: at most " + SOURCE_LENGTH_MAX + ")")));
    }
    Object value;
    try {
      value = RouteJson.read(json);
    } catch (IOException e) {
      return new PolicyReading.Invalid(List.of(new PolicyError("", "not JSON: " + firstLine(e))));
    }
    if (!(value instanceof Map<?, ?> object)) {
      return new PolicyReading.Invalid(
          List.of(new PolicyError("", "not an object (expected: a policy)")));
    }
    // A lone surrogate can neither be stored nor hashed.
    if (!Text.isUnicode(RouteJson.write(value))) {
      return new PolicyReading.Invalid(
          List.of(new PolicyError("", "broken text (expected: Unicode)")));
    }
    return new RoutePolicyReader().read(policyId, RouteJson.members(object));
  }

  /// Reads a policy from the short form of the administration API.
  public static PolicyReading read(AdminRoutePolicy admin) {
    List<PolicyError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < admin.providers().size(); i++) {
      String id = admin.providers().get(i).id();
      if (!seen.add(id)) {
        errors.add(
            new PolicyError(
                "providers[" + i + "].id", id + " twice (expected: each provider once)"));
      }
      double weight = admin.providers().get(i).weight();
      if (!(weight >= 0 && weight <= 1)) {
        errors.add(
            new PolicyError(
                "providers[" + i + "].weight", weight + " (expected: a number from 0 to 1)"));
      }
    }
    if (admin.policyId().isEmpty()) {
      errors.add(new PolicyError("policy_id", "missing (expected: " + POLICY_EXPECTED + ")"));
    }
    if (admin.providers().isEmpty()) {
      errors.add(new PolicyError("providers", "none (expected: at least one)"));
    }
    if (!errors.isEmpty()) {
      return new PolicyReading.Invalid(errors);
    }
    return new RoutePolicyReader().read(admin.policyId(), AdminProjection.source(admin));
  }

  /// The JSON schema of policies, draft 07, as it is shipped.
  public static String schema() {
    try (var in = RoutePolicyReader.class.getResourceAsStream("route-policy.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("route-policy.schema.json is not in the jar");
      }
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("route-policy.schema.json cannot be read", e);
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private PolicyReading read(String policyId, Map<String, Object> source) {
    PolicySection root = new PolicySection(source, "", errors);
    String schemaVersion =
        root.text("version", SCHEMA_VERSION, "major.minor, such as 1.0").orElse("1.0");
    String id = policyId(root, policyId);
    String tenant = root.text("tenant_id", ANY_TEXT, "1 to 255 characters").orElse("");
    providers(root);
    PolicyParts parts = new PolicyParts(root);
    List<PolicySection> rules = root.children("rules", RULES_MAX);
    List<PolicySection> fallbacks = root.children("fallbacks", RULES_MAX);
    Optional<PolicySection> legacy = root.child("fallback");
    Optional<String> lastResort = root.text("last_resort", PROVIDER_ID, PROVIDER_EXPECTED);
    rules.forEach(this::nameTargets);
    fallbacks.forEach(rule -> name(target(rule, "to")));
    legacy.ifPresent(section -> name(target(section, "provider")));
    lastResort.ifPresent(this::name);
    Targets targets = targets();
    Selection selection = selection(root, rules, targets);
    Failover failover = failover(fallbacks, legacy, lastResort, targets);
    PolicyBody body =
        new PolicyBody(
            targets, selection, sticky(root), failover, parts.pipeline(), parts.protection());
    parts.storedAndIgnored();
    root.end();
    if (errors.isEmpty()) {
      return new PolicyReading.Valid(new RoutePolicy(id, tenant, schemaVersion, source, body));
    }
    return new PolicyReading.Invalid(errors.stream().distinct().limit(ERRORS_MAX).toList());
  }

  private String policyId(PolicySection root, String given) {
    String inside = root.text("policy_id", POLICY_ID, POLICY_EXPECTED).orElse("");
    if (given.isEmpty() && !root.has("policy_id")) {
      return RoutePolicy.DEFAULT_ID;
    }
    if (!given.isEmpty() && !POLICY_ID.matcher(given).matches()) {
      root.refuse("policy_id", given, POLICY_EXPECTED);
    } else if (!given.isEmpty() && !inside.isEmpty() && !given.equals(inside)) {
      root.refuse("policy_id", inside, given + ", the name that it is kept under");
    }
    return given.isEmpty() ? inside : given;
  }

  private void providers(PolicySection root) {
    root.any("providers");
    root.any("weights");
    if (root.has("providers")) {
      List<PolicySection> sections = root.children("providers", PROVIDERS_MAX);
      if (List.of().equals(root.members().get("providers"))) {
        root.error("providers", "none (expected: at least one)");
      }
      sections.forEach(this::provider);
    } else if (!root.has("weights")) {
      root.error("providers", "missing (expected: providers or weights)");
    }
    Map<String, Object> weights = root.object("weights");
    if (root.has("weights") && weights.isEmpty() && !root.has("providers")) {
      root.error("weights", "none (expected: at least one)");
    }
    PolicySection section = new PolicySection(weights, "weights", errors);
    for (String id : weights.keySet()) {
      double weight = section.number(id, 0, 100, 0);
      if (!PROVIDER_ID.matcher(id).matches()) {
        section.refuse(id, id, PROVIDER_EXPECTED);
      } else if (!root.has("providers")) {
        listed.put(id, plain(id, weight, true));
      }
    }
  }

  private void provider(PolicySection section) {
    String key = section.alias("name", "id");
    Optional<String> id = section.text(key, PROVIDER_ID, PROVIDER_EXPECTED);
    if (!section.has(key)) {
      section.error("name", "missing (expected: " + PROVIDER_EXPECTED + ")");
    }
    if (!section.has("weight")) {
      section.error("weight", "missing (expected: a whole number from 0 to 100)");
    }
    Targets.Target target =
        new Targets.Target(
            id.orElse(""),
            section.integer("weight", 0, 100, 0),
            section.integer("priority", 0, 100, 0),
            true,
            section.integer("timeout_ms", 1, 300_000),
            section.number("expected_latency_ms", 0, 3_600_000, Double.NaN),
            section.number("expected_cost", 0, 1_000_000, Double.NaN));
    section.child("health_check").ifPresent(PolicyParts::healthCheck);
    section.end();
    if (id.isPresent() && listed.put(id.get(), target) != null) {
      section.error(key, id.get() + " twice (expected: each provider once)");
    }
  }

  private static Targets.Target plain(String id, double weight, boolean listed) {
    return new Targets.Target(
        id, weight, 0, listed, java.util.OptionalInt.empty(), Double.NaN, Double.NaN);
  }

  private void nameTargets(PolicySection rule) {
    rule.texts("prefer", PROVIDERS_MAX, PROVIDER_ID, PROVIDER_EXPECTED).forEach(this::name);
    if (rule.has("fallback") && !"".equals(rule.members().get("fallback"))) {
      name(target(rule, "fallback"));
    }
  }

  /// The provider that a member names; empty after an error.
  private static String target(PolicySection section, String name) {
    if (!section.has(name)) {
      section.any(name);
      section.error(name, "missing (expected: a provider)");
      return "";
    }
    return section.text(name, PROVIDER_ID, PROVIDER_EXPECTED).orElse("");
  }

  private void name(String id) {
    if (!id.isEmpty() && !listed.containsKey(id)) {
      named.put(id, plain(id, 0, false));
    }
  }

  private Targets targets() {
    Map<String, Targets.Target> all = new TreeMap<>(named);
    all.putAll(listed);
    return new Targets(List.copyOf(all.values()));
  }

  private Selection selection(PolicySection root, List<PolicySection> rules, Targets targets) {
    List<PreferRule> read = new ArrayList<>();
    for (PolicySection rule : rules) {
      RouteCondition match = ConditionReader.match(rule, "match");
      List<Integer> prefer =
          rule.list("prefer", PROVIDERS_MAX).stream()
              .map(id -> targets.index(String.valueOf(id)))
              .filter(index -> index >= 0)
              .toList();
      int fallback = targets.index(String.valueOf(rule.any("fallback").orElse("")));
      String source = rule.members().get("match") instanceof String text ? text : "";
      rule.end();
      read.add(new PreferRule(match, source, prefer, fallback));
    }
    Strategy strategy = root.choice("strategy", Strategy.values(), Strategy.WEIGHTED);
    Score score = root.child("score").map(RoutePolicyReader::score).orElse(Score.DEFAULT);
    return new Selection(strategy, score, List.copyOf(read));
  }

  private static Score score(PolicySection section) {
    double latency = section.number("latency", 0, 1_000, 0);
    double cost = section.number("cost", 0, 1_000, 0);
    double health = section.number("health", 0, 1_000, 0);
    double sum = latency + cost + health;
    section.end();
    if (sum <= 0) {
      section.error("", "all are 0 (expected: latency, cost or health above 0)");
      return Score.DEFAULT;
    }
    return new Score(latency / sum, cost / sum, health / sum);
  }

  private static Optional<Sticky> sticky(PolicySection root) {
    Optional<PolicySection> section = root.child("sticky");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    PolicySection sticky = section.get();
    if (!sticky.has("enabled")) {
      sticky.error("enabled", "missing (expected: true or false)");
    }
    boolean enabled = sticky.flag("enabled", false);
    String key = sticky.alias("session_key", "key");
    String sessionKey = sticky.text(key, ANY_TEXT, "1 to 255 characters").orElse("session_id");
    String number = sticky.alias("ttl_seconds", "ttl_sec");
    int ttlSeconds = sticky.integer(number, 1, TTL_SECONDS_MAX, TTL_SECONDS_DEFAULT);
    Optional<String> ttl = sticky.text("ttl", TTL, "a number and s, m or h, such as 10m");
    if (ttl.isPresent()) {
      long seconds = seconds(ttl.get());
      if (seconds < 1 || seconds > TTL_SECONDS_MAX) {
        sticky.refuse("ttl", ttl.get(), "from 1s to 24h");
      }
      ttlSeconds = Math.clamp(seconds, 1, TTL_SECONDS_MAX);
    }
    sticky.end();
    return enabled ? Optional.of(new Sticky(sessionKey, ttlSeconds * 1_000L)) : Optional.empty();
  }

  private static long seconds(String ttl) {
    long count = Long.parseLong(ttl.substring(0, ttl.length() - 1));
    return switch (ttl.charAt(ttl.length() - 1)) {
      case 'h' -> count * 3_600;
      case 'm' -> count * 60;
      default -> count;
    };
  }

  private static Failover failover(
      List<PolicySection> fallbacks,
      Optional<PolicySection> legacy,
      Optional<String> lastResort,
      Targets targets) {
    List<FallbackRule> rules = new ArrayList<>();
    for (PolicySection section : fallbacks) {
      if (!section.has("when")) {
        section.error("when", "missing (expected: conditions; {} is always)");
      }
      RouteCondition when = ConditionReader.when(section);
      int retry = section.integer("retry", 0, 10, 1);
      Backoff backoff = backoff(section.child("backoff"));
      int to = targets.index(String.valueOf(section.any("to").orElse("")));
      section.end();
      rules.add(new FallbackRule(when, retry, backoff, to));
    }
    List<String> statuses = new ArrayList<>();
    int provider = -1;
    if (legacy.isPresent()) {
      PolicySection section = legacy.get();
      provider = targets.index(String.valueOf(section.any("provider").orElse("")));
      statuses.addAll(section.texts("conditions", RULES_MAX, ANY_TEXT, "a status"));
      section.end();
    }
    return new Failover(
        List.copyOf(rules),
        provider,
        List.copyOf(statuses),
        lastResort.map(targets::index).orElse(-1));
  }

  private static Backoff backoff(Optional<PolicySection> section) {
    if (section.isEmpty()) {
      return new Backoff(Growth.EXPONENTIAL, 100, Long.MAX_VALUE, true);
    }
    PolicySection backoff = section.get();
    Backoff read =
        new Backoff(
            backoff.choice("strategy", Growth.values(), Growth.EXPONENTIAL),
            backoff.integer("base_ms", 1, 10_000, 100),
            backoff.integer("max_ms", 1, 60_000, 5_000),
            backoff.flag("jitter", true));
    backoff.end();
    return read;
  }
}
