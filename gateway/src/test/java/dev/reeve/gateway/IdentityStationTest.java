package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.Role;
import io.grpc.Attributes;
import io.grpc.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who calls, with keys and without.
final class IdentityStationTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Peer HERE = new Peer("127.0.0.1", true);
  private static final Peer ELSEWHERE = new Peer("10.0.0.7", false);
  private static final CallerKeys KEYS =
      CallerKeys.of(
          List.of(
              key("good", Role.USER, Optional.of(NOW.plusSeconds(1))),
              key("over", Role.ADMIN, Optional.of(NOW)),
              key("both", CallerKey.Access.TENANT, "acme", "globex"),
              key("ops", CallerKey.Access.OPERATOR, "acme")));

  private final IdentityStation keyed =
      new IdentityStation(new Credentials(Optional.of(() -> KEYS), false, false), () -> NOW);
  private final IdentityStation open = new IdentityStation(Credentials.NONE, () -> NOW);

  private static CallerKey key(String key, Role role, Optional<Instant> expires) {
    return CallerKey.of(key, Sha256.of(Bytes.utf8(key)), "ann", role, "acme", expires);
  }

  private static CallerKey key(String key, CallerKey.Access access, String... tenants) {
    Bytes sha256 = Sha256.of(Bytes.utf8(key));
    return new CallerKey(
        key, sha256, "ann", Role.ADMIN, access, List.of(tenants), Optional.empty());
  }

  @Test
  void a_caller_is_whom_the_key_names_wherever_it_is_shown() {
    for (Metadata headers :
        List.of(
            headers("authorization", "Bearer good"),
            headers("authorization", "bearer  good "),
            headers("x-api-key", "good"),
            headers("api-key", "good"))) {
      for (Peer peer : List.of(HERE, ELSEWHERE)) {
        Caller caller = known(keyed.identify(Attributes.EMPTY, peer, headers, entry(false)));

        assertThat(caller.principal()).isEqualTo("ann");
        assertThat(caller.role()).isEqualTo(Role.USER);
        assertThat(caller.tenant()).isEqualTo("acme");
        assertThat(caller.localOperator()).isFalse();
      }
    }
  }

  @Test
  void a_key_is_for_its_tenant_alone() {
    Metadata headers = headers("authorization", "Bearer good", "x-tenant-id", "other");

    assertThat(refused(keyed, HERE, headers).reason()).isEqualTo("TENANT_FORBIDDEN");
  }

  @Test
  void a_key_of_more_tenants_is_for_the_one_that_the_call_names_else_for_its_first() {
    Caller first = caller("x-api-key", "both");
    Caller other = caller("x-api-key", "both", "x-tenant-id", "globex");

    assertThat(first.tenant()).isEqualTo("acme");
    assertThat(other.tenant()).isEqualTo("globex");
    assertThat(TenantChoice.of(first, "tenant", "globex").tenant()).isEqualTo("globex");
    assertThatThrownBy(() -> TenantChoice.of(other, "tenant", "initech"))
        .hasMessageContaining("a tenant of the credential");
    assertThat(refused(keyed, HERE, headers("x-api-key", "both", "x-tenant-id", "x")).reason())
        .isEqualTo("TENANT_FORBIDDEN");
  }

  @Test
  void a_key_that_is_marked_so_is_the_operators_and_any_other_is_not() {
    Caller operator = caller("x-api-key", "ops", "x-tenant-id", "globex");

    assertThat(operator.localOperator()).isTrue();
    assertThat(operator.principal()).isEqualTo("ann");
    assertThat(operator.tenant()).isEqualTo("globex");
    assertThat(caller("x-api-key", "both").localOperator()).isFalse();
  }

  private Caller caller(String... headers) {
    return known(keyed.identify(Attributes.EMPTY, ELSEWHERE, headers(headers), entry(false)));
  }

  @Test
  void a_key_that_is_unknown_or_over_is_refused_and_so_is_none() {
    assertThat(refused(keyed, HERE, headers("x-api-key", "bad")).reason())
        .isEqualTo("CREDENTIAL_INVALID");
    assertThat(refused(keyed, HERE, headers("x-api-key", "over")).reason())
        .isEqualTo("CREDENTIAL_INVALID");
    assertThat(refused(keyed, HERE, headers()).reason()).isEqualTo("CREDENTIAL_REQUIRED");
    assertThat(refused(keyed, HERE, headers("authorization", "Basic Z29vZA==")).reason())
        .isEqualTo("CREDENTIAL_REQUIRED");
    assertThat(known(keyed.identify(Attributes.EMPTY, HERE, headers(), entry(true))).principal())
        .isEqualTo("anonymous");
  }

  @Test
  void the_operator_of_this_machine_may_stay_without_a_key() {
    IdentityStation both =
        new IdentityStation(new Credentials(Optional.of(() -> KEYS), true, false), () -> NOW);

    assertThat(
            known(both.identify(Attributes.EMPTY, HERE, headers(), entry(false))).localOperator())
        .isTrue();
    assertThat(refused(both, ELSEWHERE, headers()).reason()).isEqualTo("CREDENTIAL_REQUIRED");
  }

  @Test
  void without_keys_what_clients_send_as_a_key_says_nothing() {
    Metadata headers = headers("authorization", "Bearer sk-any");

    assertThat(known(open.identify(Attributes.EMPTY, HERE, headers, entry(false))).localOperator())
        .isTrue();
    assertThat(refused(open, ELSEWHERE, headers).reason()).isEqualTo("CREDENTIAL_REQUIRED");
  }

  private static Problem refused(IdentityStation station, Peer peer, Metadata headers) {
    return station.identify(Attributes.EMPTY, peer, headers, entry(false))
            instanceof IdentityStation.Identified.Refused(Problem problem)
        ? problem
        : GatewayProblems.HEADER_INVALID.because("not refused");
  }

  private static Caller known(IdentityStation.Identified identified) {
    assertThat(identified).isInstanceOf(IdentityStation.Identified.Known.class);
    return ((IdentityStation.Identified.Known) identified).caller();
  }

  private static Metadata headers(String... namesAndValues) {
    Metadata headers = new Metadata();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(
          Metadata.Key.of(namesAndValues[i], Metadata.ASCII_STRING_MARSHALLER),
          namesAndValues[i + 1]);
    }
    return headers;
  }

  private static ActionRegistry.Entry entry(boolean open) {
    return new ActionRegistry.Entry(
        new RegisteredAction(
            "action:test",
            false,
            RegisteredAction.Risk.LOW,
            RegisteredAction.Mode.INLINE,
            1024,
            open ? RegisteredAction.Access.PUBLIC : RegisteredAction.Access.WRITE),
        ProblemTable.OWN,
        "reeve");
  }
}
