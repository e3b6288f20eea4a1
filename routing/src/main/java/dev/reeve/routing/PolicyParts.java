package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Breaking;
import dev.reeve.routing.PolicyBody.Extension;
import dev.reeve.routing.PolicyBody.Limit;
import dev.reeve.routing.PolicyBody.LimitScope;
import dev.reeve.routing.PolicyBody.OnFail;
import dev.reeve.routing.PolicyBody.Per;
import dev.reeve.routing.PolicyBody.Pipeline;
import dev.reeve.routing.PolicyBody.Protection;
import dev.reeve.routing.PolicyBody.Quota;
import dev.reeve.routing.PolicyBody.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads what a policy says besides choosing: extensions, breaker, limits, quotas.
final class PolicyParts {
  private static final int EXTENSIONS_MAX = 10;
  private static final int EXTENSIONS_PER_TYPE_MAX = 5;
  private static final int QUOTAS_MAX = 32;
  private static final int AMOUNT_MAX = 1_000_000;
  private static final int MONTH_SECONDS = 31 * 86_400;
  private static final Pattern EXTENSION_ID = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

  private enum Mode {
    OPTIONAL,
    REQUIRED
  }

  private enum Strictness {
    HARD,
    SOFT
  }

  private final PolicySection root;

  PolicyParts(PolicySection root) {
    this.root = root;
  }

  Pipeline pipeline() {
    Optional<PolicySection> nested = root.child("extensions");
    Pipeline pipeline =
        new Pipeline(
            extensions(nested, "pre", ExtensionType.PRE),
            extensions(nested, "validators", ExtensionType.VALIDATOR),
            extensions(nested, "post", ExtensionType.POST));
    nested.ifPresent(PolicySection::end);
    int total = pipeline.pre().size() + pipeline.validators().size() + pipeline.post().size();
    if (total > EXTENSIONS_MAX) {
      root.error(
          "", total + " extensions (expected: at most " + EXTENSIONS_MAX + " in the pipeline)");
    }
    return pipeline;
  }

  private List<Extension> extensions(
      Optional<PolicySection> nested, String name, ExtensionType type) {
    root.any(name);
    boolean inside = nested.isPresent() && nested.get().has(name);
    if (inside && root.has(name)) {
      root.error(name, "also under extensions (expected: in one place)");
    }
    nested.ifPresent(section -> section.any(name));
    PolicySection owner = inside ? nested.get() : root;
    List<Extension> extensions = new ArrayList<>();
    for (PolicySection section : owner.children(name, EXTENSIONS_PER_TYPE_MAX)) {
      extensions.add(extension(section, type));
    }
    return List.copyOf(extensions);
  }

  private static Extension extension(PolicySection section, ExtensionType type) {
    if (!section.has("id")) {
      section.error("id", "missing (expected: the name of an extension)");
    }
    Optional<String> id =
        section.text("id", EXTENSION_ID, "1 to 255 letters, digits and any of _ -");
    boolean validator = type == ExtensionType.VALIDATOR;
    boolean required =
        !validator && section.choice("mode", Mode.values(), Mode.OPTIONAL) == Mode.REQUIRED;
    OnFail onFail =
        validator ? section.choice("on_fail", OnFail.values(), OnFail.BLOCK) : OnFail.BLOCK;
    Extension extension =
        new Extension(
            type,
            id.orElse(""),
            required,
            onFail,
            section.object("config"),
            section.integer("timeout_ms", 1, 300_000),
            section.integer("retry", 0, 10),
            ConditionReader.when(section));
    section.end();
    return extension;
  }

  Protection protection() {
    List<Quota> quotas = new ArrayList<>();
    for (PolicySection section : root.children("quotas", QUOTAS_MAX)) {
      quotas.add(quota(section));
    }
    OptionalInt timeoutMs = root.integer("timeout_ms", 1, 300_000);
    Breaking breaker = root.child("circuit_breaker").map(PolicyParts::breaker).orElse(Breaking.OFF);
    Optional<Limit> limit = root.child("rate_limit").flatMap(PolicyParts::limit);
    root.child("health_check").ifPresent(PolicyParts::healthCheck);
    return new Protection(breaker, limit, List.copyOf(quotas), timeoutMs);
  }

  private static Breaking breaker(PolicySection section) {
    Breaking off = Breaking.OFF;
    Breaking breaker =
        new Breaking(
            section.flag("enabled", false),
            section.integer("failure_threshold", 1, 100, off.failureThreshold()),
            section.integer("success_threshold", 1, 10, off.successThreshold()),
            section.integer("timeout_ms", 1_000, 300_000, (int) off.timeoutMs()),
            section.integer("half_open_max_calls", 1, 100, off.halfOpenMaxCalls()),
            section.number("error_rate_threshold", 0, 1, off.errorRateThreshold()),
            section.integer("error_rate_window_seconds", 1, 3_600, off.windowSeconds()),
            section.integer("latency_threshold_ms", 1, 3_600_000, (int) off.latencyThresholdMs()),
            section.integer("minimum_calls", 2, 1_000, off.minimumCalls()));
    section.end();
    return breaker;
  }

  private static Optional<Limit> limit(PolicySection section) {
    boolean enabled = section.flag("enabled", true);
    LimitScope scope = section.choice("scope", LimitScope.values(), LimitScope.POLICY);
    int rate = section.integer("requests_per_second", 1, AMOUNT_MAX, 100);
    int burst = section.integer("burst", 1, AMOUNT_MAX, 50);
    OptionalInt limit = section.integer("limit", 1, AMOUNT_MAX);
    int windowSeconds = section.integer("window_seconds", 1, MONTH_SECONDS, 1);
    if (section.has("window_seconds") && !section.has("limit")) {
      section.error("limit", "missing (expected: a whole number beside window_seconds)");
    }
    if (section.has("limit") && section.has("requests_per_second")) {
      section.error("limit", "beside requests_per_second (expected: one of the two)");
    }
    section.end();
    RateLimit bucket =
        limit.isPresent()
            ? new RateLimit(
                limit.getAsInt(),
                section.has("burst") ? burst : limit.getAsInt(),
                windowSeconds * 1_000L)
            : RateLimit.perSecond(rate, burst);
    return enabled ? Optional.of(new Limit(scope, bucket)) : Optional.empty();
  }

  private static Quota quota(PolicySection section) {
    if (!section.has("limit")) {
      section.error("limit", "missing (expected: an amount above 0)");
    }
    Quota quota =
        new Quota(
            section.choice("resource", Resource.values(), Resource.REQUESTS),
            section.choice("per", Per.values(), Per.TENANT),
            section.number("limit", 0, 1e15, 1),
            section.integer("window_seconds", 1, MONTH_SECONDS, 86_400) * 1_000L,
            section.choice("mode", Strictness.values(), Strictness.HARD) == Strictness.SOFT);
    if (quota.per() == Per.PROVIDER && quota.soft()) {
      section.error("mode", "soft (expected: hard for a provider's quota, it refuses nobody)");
    }
    section.end();
    return quota;
  }

  /// Probing is the business of who can call providers; here its settings are only held to the
  /// schema.
  static void healthCheck(PolicySection section) {
    section.flag("enabled", false);
    section.text("url", Pattern.compile("(?s).{1,2048}"), "a URL");
    section.integer("interval_ms", 1_000, 60_000);
    section.integer("timeout_ms", 100, 10_000);
    section.integer("failure_threshold", 1, 100);
    section.integer("unhealthy_threshold", 1, 100);
    section.integer("healthy_threshold", 1, 100);
    section.end();
  }

  /// Keys of old policies that decide nothing.
  void storedAndIgnored() {
    root.object("defaults");
    root.list("escalate_on", AMOUNT_MAX);
    root.object("metadata");
    root.text("name", Pattern.compile("(?s).{0,255}"), "at most 255 characters");
    root.text("description", Pattern.compile("(?s).{0,4096}"), "at most 4096 characters");
  }
}
