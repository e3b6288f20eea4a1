package dev.reeve.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All routing policies with their versions: what a router decides by. Immutable; a change gives a
/// new one. A tenant's own policy goes before the one of the same name that is for everybody.
public final class RoutePolicies {
  /// Policies that one tenant may have.
  public static final int PER_TENANT_MAX = 1_000;

  /// Versions of a policy that are kept; the oldest go first.
  public static final int VERSIONS_MAX = 100;

  /// Deleted policies of a tenant whose history is kept; the oldest go first.
  public static final int DELETED_MAX = 200;

  public static final RoutePolicies EMPTY = new RoutePolicies(Map.of());

  /// By tenant (empty for everybody), then by policy, versions ascending.
  private final Map<String, Map<String, List<PolicyVersion>>> versions;

  /// What holds now, for the fast way.
  private final Map<String, Map<String, RoutePolicy>> current;

  private RoutePolicies(Map<String, Map<String, List<PolicyVersion>>> versions) {
    this.versions = versions;
    this.current = new HashMap<>();
    versions.forEach((tenant, policies) -> {
      Map<String, RoutePolicy> held = new HashMap<>();
      policies.forEach(
          (id, all) -> all.getLast().policy().ifPresent(policy -> held.put(id, policy)));
      current.put(tenant, held);
    });
  }

  /// The policy that decides for a tenant under this name.
  public Optional<RoutePolicy> find(String tenantId, String policyId) {
    return Optional.ofNullable(held(tenantId, policyId));
  }

  @Nullable RoutePolicy held(String tenantId, String policyId) {
    Map<String, RoutePolicy> own = current.get(tenantId);
    RoutePolicy policy = own == null ? null : own.get(policyId);
    if (policy != null || tenantId.isEmpty()) {
      return policy;
    }
    Map<String, RoutePolicy> shared = current.get("");
    return shared == null ? null : shared.get(policyId);
  }

  /// A certain version of the policy that decides for a tenant, while it is kept.
  public Optional<RoutePolicy> version(String tenantId, String policyId, long number) {
    for (String owner : List.of(tenantId, "")) {
      for (PolicyVersion version : history(owner, policyId)) {
        if (version.number() == number) {
          return version.policy();
        }
      }
    }
    return Optional.empty();
  }

  /// All that may decide for a tenant, its own and those for everybody, by name.
  public List<RoutePolicy> list(String tenantId) {
    Map<String, RoutePolicy> all = new TreeMap<>(current.getOrDefault("", Map.of()));
    all.putAll(current.getOrDefault(tenantId, Map.of()));
    return List.copyOf(all.values());
  }

  /// The versions of a tenant's own policy, ascending, deletions included; for an empty tenant of
  /// one that is for everybody.
  public List<PolicyVersion> history(String tenantId, String policyId) {
    return versions.getOrDefault(tenantId, Map.of()).getOrDefault(policyId, List.of());
  }

  /// The names of a tenant's own policies whose versions are kept, deleted ones included.
  public Set<String> names(String tenantId) {
    return Set.copyOf(versions.getOrDefault(tenantId, Map.of()).keySet());
  }

  /// With a policy put under its name for its tenant. The same source as the one that holds changes
  /// nothing. Throws `ROUTE_POLICY_LIMIT` when the tenant has too many.
  public RoutePolicies put(RoutePolicy policy, long nowMs, String by) {
    return put(policy.tenantId(), policy, nowMs, by, "");
  }

  /// With a policy put for a tenant, whatever tenant its source names.
  public RoutePolicies put(
      String tenantId, RoutePolicy policy, long nowMs, String by, String note) {
    RoutePolicy held = current.getOrDefault(tenantId, Map.of()).get(policy.policyId());
    if (held != null && held.hash().equals(policy.hash())) {
      return this;
    }
    if (held == null && current.getOrDefault(tenantId, Map.of()).size() >= PER_TENANT_MAX) {
      throw RoutingProblems.ROUTE_POLICY_LIMIT
          .because(
              "policies: " + (PER_TENANT_MAX + 1) + " (expected: at most " + PER_TENANT_MAX + ")")
          .toException();
    }
    long number = next(tenantId, policy.policyId());
    return with(
        tenantId,
        policy.policyId(),
        new PolicyVersion(number, Optional.of(policy.withNumber(number)), nowMs, by, note));
  }

  /// Without a tenant's own policy. Throws `ROUTE_POLICY_NOT_FOUND` when it has none by that name.
  public RoutePolicies delete(String tenantId, String policyId, long nowMs, String by) {
    if (!current.getOrDefault(tenantId, Map.of()).containsKey(policyId)) {
      throw notFound(policyId);
    }
    return with(
        tenantId,
        policyId,
        new PolicyVersion(next(tenantId, policyId), Optional.empty(), nowMs, by, ""));
  }

  /// With an earlier version put again, as a new one. Throws `ROUTE_POLICY_NOT_FOUND` when that
  /// version is not kept or was a deletion.
  public RoutePolicies rollback(
      String tenantId, String policyId, long number, long nowMs, String by) {
    RoutePolicy earlier =
        history(tenantId, policyId).stream()
            .filter(version -> version.number() == number)
            .findFirst()
            .flatMap(PolicyVersion::policy)
            .orElseThrow(() -> notKept(tenantId, policyId, number));
    return put(tenantId, earlier, nowMs, by, "rollback to " + number);
  }

  private RuntimeException notKept(String tenantId, String policyId, long number) {
    String kept =
        history(tenantId, policyId).stream()
            .filter(version -> version.policy().isPresent())
            .map(version -> Long.toString(version.number()))
            .collect(Collectors.joining(", "));
    return RoutingProblems.ROUTE_POLICY_NOT_FOUND
        .because(
            "version: "
                + number
                + " (expected: a kept version of "
                + policyId
                + ": "
                + (kept.isEmpty() ? "none" : kept)
                + ")")
        .toException();
  }

  /// With exactly these policies in place of all that came from files before: what a reader of a
  /// folder calls after each change. Unchanged ones keep their number; what others put since in
  /// place of a file's policy stays when the file goes.
  ///
  /// @param before what the folder gave last time
  public RoutePolicies replace(
      Collection<RoutePolicy> before, Collection<RoutePolicy> now, long nowMs, String by) {
    RoutePolicies next = this;
    for (RoutePolicy gone : before) {
      boolean stays =
          now.stream()
              .anyMatch(one ->
                  one.policyId().equals(gone.policyId()) && one.tenantId().equals(gone.tenantId()));
      RoutePolicy held = next.current.getOrDefault(gone.tenantId(), Map.of()).get(gone.policyId());
      if (!stays && held != null && held.hash().equals(gone.hash())) {
        next = next.delete(gone.tenantId(), gone.policyId(), nowMs, by);
      }
    }
    for (RoutePolicy policy : now) {
      next = next.put(policy, nowMs, by);
    }
    return next;
  }

  /// With the versions of a policy as they were kept, in place of what is known of it.
  ///
  /// @param kept ascending; the newest hundred are taken
  public RoutePolicies withHistory(String tenantId, String policyId, List<PolicyVersion> kept) {
    if (kept.isEmpty()) {
      return this;
    }
    List<PolicyVersion> numbered =
        kept.stream()
            .skip(Math.max(0, kept.size() - VERSIONS_MAX))
            .map(version ->
                new PolicyVersion(
                    version.number(),
                    version.policy().map(policy -> policy.withNumber(version.number())),
                    version.changedAtMs(),
                    version.changedBy(),
                    version.note()))
            .toList();
    Map<String, Map<String, List<PolicyVersion>>> tenants = new HashMap<>(versions);
    Map<String, List<PolicyVersion>> policies =
        new HashMap<>(tenants.getOrDefault(tenantId, Map.of()));
    policies.put(policyId, numbered);
    tenants.put(tenantId, policies);
    return new RoutePolicies(tenants);
  }

  private long next(String tenantId, String policyId) {
    List<PolicyVersion> history = history(tenantId, policyId);
    return history.isEmpty() ? 1 : history.getLast().number() + 1;
  }

  private RoutePolicies with(String tenantId, String policyId, PolicyVersion version) {
    Map<String, Map<String, List<PolicyVersion>>> tenants = new HashMap<>(versions);
    Map<String, List<PolicyVersion>> policies =
        new HashMap<>(tenants.getOrDefault(tenantId, Map.of()));
    List<PolicyVersion> history = new ArrayList<>(policies.getOrDefault(policyId, List.of()));
    history.add(version);
    int from = Math.max(0, history.size() - VERSIONS_MAX);
    policies.put(policyId, List.copyOf(history.subList(from, history.size())));
    forgetDeleted(policies);
    tenants.put(tenantId, policies);
    return new RoutePolicies(tenants);
  }

  private static void forgetDeleted(Map<String, List<PolicyVersion>> policies) {
    List<String> deleted = new ArrayList<>();
    policies.forEach((id, history) -> {
      if (history.getLast().policy().isEmpty()) {
        deleted.add(id);
      }
    });
    if (deleted.size() > DELETED_MAX) {
      deleted.sort(
          Comparator.comparingLong(
              id -> policies.getOrDefault(id, List.of()).getLast().changedAtMs()));
      deleted.subList(0, deleted.size() - DELETED_MAX).forEach(policies::remove);
    }
  }

  private static RuntimeException notFound(String what) {
    return RoutingProblems.ROUTE_POLICY_NOT_FOUND
        .because("policy: " + what + " (expected: a policy of this tenant)")
        .toException();
  }
}
