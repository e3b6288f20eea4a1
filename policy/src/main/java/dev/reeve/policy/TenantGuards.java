package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What tenants and configurations forbid whatever the rules decided. It only ever denies.
final class TenantGuards {
  private static final List<String> HOST_LABELS = List.of("repo_host", "repo.host");
  private static final List<String> URL_LABELS = List.of("repo_url", "repo.url", "repo");

  private final Map<String, TenantPolicy> tenants;

  TenantGuards(Map<String, TenantPolicy> tenants) {
    this.tenants = tenants;
  }

  /// The decision, or a deny in its place.
  PolicyDecision apply(PolicyDecision decision, PolicyInput input, String foldedTenant) {
    if (decision.decision() == Decision.DENY) {
      return decision;
    }
    if (tenants.isEmpty() && input.safety().equals(SafetyConfig.NONE)) {
      return decision;
    }
    TenantPolicy tenant = tenants.get(foldedTenant);
    PolicyDecision guarded = tenant == null ? decision : byTenant(decision, input, tenant);
    return guarded.decision() == Decision.DENY ? guarded : byConfig(guarded, input);
  }

  private static PolicyDecision byTenant(
      PolicyDecision decision, PolicyInput input, TenantPolicy tenant) {
    Optional<String> mcp = tenant.mcp().refusal(McpCall.ofLabels(input.labels()));
    if (mcp.isPresent()) {
      return denied(
          decision, mcp.get(), "tenants." + tenant.name() + ".mcp", ReasonCode.TENANT_MCP_DENIED);
    }
    String host = repoHost(input.labels());
    boolean hostDenied =
        Names.isIn(host, tenant.deniedRepoHosts())
            || (!host.isEmpty()
                && !tenant.allowedRepoHosts().isEmpty()
                && !Names.isIn(host, tenant.allowedRepoHosts()));
    if (hostDenied) {
      return denied(
          decision,
          "repository host " + Text.quoteForMessage(host) + " is not allowed for the tenant",
          "tenants." + tenant.name() + ".repo_hosts",
          ReasonCode.TENANT_REPO_HOST_DENIED);
    }
    return limited(decision, tenant.maxConcurrentJobs());
  }

  private static PolicyDecision limited(PolicyDecision decision, int concurrentJobs) {
    Constraints limits = decision.constraints().withConcurrentJobs(concurrentJobs);
    if (limits.equals(decision.constraints())) {
      return decision;
    }
    PolicyDecision limited = decision.with(limits, decision.remediations());
    return limited.decision() == Decision.ALLOW
        ? limited.as(Decision.ALLOW_WITH_CONSTRAINTS)
        : limited;
  }

  private static PolicyDecision byConfig(PolicyDecision decision, PolicyInput input) {
    SafetyConfig safety = input.safety();
    if (safety.unreadable()) {
      return denied(
          decision,
          "effective_config: not JSON (expected: a JSON object)",
          "effective_config",
          ReasonCode.CONFIG_UNREADABLE);
    }
    String topic = Text.quoteForMessage(input.topic());
    String by = "effective_config.safety.";
    if (fitsAny(safety.deniedTopics(), input.topic())) {
      return denied(
          decision,
          "topic " + topic + " is denied by the effective configuration",
          by + "denied_topics",
          ReasonCode.CONFIG_TOPIC_DENIED);
    }
    if (!safety.allowedTopics().isEmpty() && !fitsAny(safety.allowedTopics(), input.topic())) {
      return denied(
          decision,
          "topic " + topic + " is not allowed by the effective configuration",
          by + "allowed_topics",
          ReasonCode.CONFIG_TOPIC_NOT_ALLOWED);
    }
    return safety
        .mcp()
        .refusal(McpCall.ofLabels(input.labels()))
        .map(why -> denied(decision, why, by + "mcp", ReasonCode.CONFIG_MCP_DENIED))
        .orElse(decision);
  }

  private static PolicyDecision denied(
      PolicyDecision decision, String reason, String by, ReasonCode code) {
    return decision.tightened(Decision.DENY, reason, by, code);
  }

  private static boolean fitsAny(List<String> patterns, String topic) {
    return patterns.stream().anyMatch(pattern -> GoGlob.compile(pattern).matches(topic));
  }

  /// The host that labels name directly or within an address such as `git@host:path`.
  static String repoHost(Map<String, String> labels) {
    for (String name : HOST_LABELS) {
      String host = labels.getOrDefault(name, "").strip();
      if (!host.isEmpty()) {
        return host;
      }
    }
    for (String name : URL_LABELS) {
      String url = labels.getOrDefault(name, "").strip();
      if (!url.isEmpty()) {
        return hostOf(url);
      }
    }
    return "";
  }

  private static String hostOf(String url) {
    int scheme = url.indexOf("://");
    String rest = scheme < 0 ? url : url.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
