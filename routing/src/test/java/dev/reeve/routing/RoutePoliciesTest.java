package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Versions of policies: put, delete, roll back, replace from a folder.
final class RoutePoliciesTest {
  private static final String TENANT = "acme";

  @Test
  void a_tenants_own_policy_goes_before_the_shared_one() {
    RoutePolicies policies =
        RoutePolicies.EMPTY
            .put(policy("p", "shared"), 1, "files")
            .put(TENANT, policy("p", "own"), 2, "admin", "");

    assertThat(provider(policies, TENANT)).isEqualTo("own");
    assertThat(provider(policies, "other")).isEqualTo("shared");
    assertThat(policies.list(TENANT)).hasSize(1);
    assertThat(provider(policies.delete(TENANT, "p", 3, "admin"), TENANT)).isEqualTo("shared");
  }

  @Test
  void a_policy_that_names_a_tenant_is_for_it_alone() {
    RoutePolicy policy = RouterFixture.policyOf("p", "{'tenant_id': 'acme', 'weights': {'a': 1}}");
    RoutePolicies policies = RoutePolicies.EMPTY.put(policy, 1, "files");

    assertThat(policies.find(TENANT, "p")).isPresent();
    assertThat(policies.find("other", "p")).isEmpty();
  }

  @Test
  void numbers_go_on_through_deletion_and_rollback() {
    RoutePolicies policies =
        RoutePolicies.EMPTY
            .put(TENANT, policy("p", "a"), 1, "u", "")
            .put(TENANT, policy("p", "b"), 2, "u", "")
            .delete(TENANT, "p", 3, "u")
            .rollback(TENANT, "p", 1, 4, "u");

    assertThat(policies.history(TENANT, "p"))
        .extracting(PolicyVersion::number)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(policies.history(TENANT, "p").get(2).policy()).isEmpty();
    assertThat(policies.history(TENANT, "p").getLast().note()).isEqualTo("rollback to 1");
    assertThat(provider(policies, TENANT)).isEqualTo("a");
    assertThat(policies.version(TENANT, "p", 2).orElseThrow().providerIds()).containsExactly("b");
  }

  @Test
  void the_same_again_is_no_change() {
    RoutePolicies policies = RoutePolicies.EMPTY.put(policy("p", "a"), 1, "u");

    assertThat(policies.put(policy("p", "a"), 2, "u")).isSameAs(policies);
  }

  @Test
  void what_is_not_there_cannot_be_deleted_or_rolled_back() {
    assertThatThrownBy(() -> RoutePolicies.EMPTY.delete(TENANT, "p", 1, "u"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ROUTE_POLICY_NOT_FOUND");
    RoutePolicies policies = RoutePolicies.EMPTY.put(TENANT, policy("p", "a"), 1, "u", "");
    assertThatThrownBy(() -> policies.rollback(TENANT, "p", 7, 2, "u"))
        .hasMessageContaining("version: 7 (expected: a kept version of p: 1)");
  }

  @Test
  void a_folder_replaces_what_it_gave_before_and_nothing_else() {
    List<RoutePolicy> before = List.of(policy("p", "a"), policy("q", "a"));
    RoutePolicies policies =
        RoutePolicies.EMPTY
            .replace(List.of(), before, 1, "files")
            .put(policy("admin", "x"), 2, "admin")
            .replace(before, List.of(policy("p", "b")), 3, "files");

    assertThat(policies.list("")).extracting(RoutePolicy::policyId).containsExactly("admin", "p");
    assertThat(policies.find("", "p").orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void versions_kept_are_bounded() {
    RoutePolicies policies = RoutePolicies.EMPTY;
    for (int i = 0; i < RoutePolicies.VERSIONS_MAX + 5; i++) {
      policies = policies.put(policy("p", "a" + i), i, "u");
    }

    assertThat(policies.history("", "p")).hasSize(RoutePolicies.VERSIONS_MAX);
    assertThat(policies.history("", "p").getFirst().number()).isEqualTo(6);
  }

  @Test
  void names_of_deleted_policies_are_bounded() {
    RoutePolicies policies = RoutePolicies.EMPTY;
    for (int i = 0; i < RoutePolicies.DELETED_MAX + 5; i++) {
      policies = policies.put(policy("p" + i, "a"), i, "u").delete("", "p" + i, i, "u");
    }

    assertThat(policies.history("", "p0")).isEmpty();
    assertThat(policies.history("", "p" + (RoutePolicies.DELETED_MAX + 4))).hasSize(2);
  }

  @Test
  void a_tenant_has_at_most_so_many() {
    RoutePolicies policies = RoutePolicies.EMPTY;
    for (int i = 0; i < RoutePolicies.PER_TENANT_MAX; i++) {
      policies = policies.put(policy("p" + i, "a"), i, "u");
    }
    RoutePolicies full = policies;

    assertThatThrownBy(() -> full.put(policy("more", "a"), 1, "u"))
        .hasMessageContaining("ROUTE_POLICY_LIMIT");
  }

  private static String provider(RoutePolicies policies, String tenant) {
    return policies.find(tenant, "p").orElseThrow().providerIds().getFirst();
  }

  private static RoutePolicy policy(String id, String provider) {
    return RouterFixture.policyOf(id, "{'weights': {'" + provider + "': 1}}");
  }
}
