package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.EngineLimits;
import dev.reeve.gateway.CallRate;
import dev.reeve.gateway.ExtraListener;
import dev.reeve.routing.RateLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a configuration becomes, and what is said of a wrong one.
class ConfigLoaderTest {
  private static final long MIB = 1L << 20;
  private static final MachineMemory MEMORY = new MachineMemory(8192 * MIB, 1024 * MIB);

  private final Map<String, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @TempDir private Path folder;

  @Test
  void without_anything_the_defaults_hold() {
    ServerConfig config = load("").config();

    assertThat(config.grpcPort()).isEqualTo(50_051);
    assertThat(config.store()).isEqualTo("sqlite");
    assertThat(config.limits().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.limits().tenantDefault()).isEqualTo(EngineLimits.Share.UNLIMITED);
    assertThat(config.simulatorMemoryBytesMax()).isEqualTo(512 * MIB);
  }

  @Test
  void a_flag_goes_before_a_variable_before_an_alias_before_the_file() {
    String file = "grpc: {port: 1}\n";

    assertThat(load(file).config().grpcPort()).isEqualTo(1);
    environment.put("MATHISON_GRPC_PORT", "2");
    assertThat(load(file).config().grpcPort()).isEqualTo(2);
    environment.put("REEVE_GRPC_PORT", "2");
    assertThat(load(file).values())
        .containsEntry("grpc.port", new ConfigValue("2", "REEVE_GRPC_PORT"));
    flags.put("grpc.port", "3");
    assertThat(load(file).config().grpcPort()).isEqualTo(3);
  }

  @Test
  void an_alias_that_disagrees_with_the_own_name_is_refused() {
    environment.put("MATHISON_GRPC_PORT", "2");
    environment.put("REEVE_GRPC_PORT", "3");

    refused(
        "",
        "MATHISON_GRPC_PORT: \"2\" (expected: the same as REEVE_GRPC_PORT, or one of them unset)");
  }

  @Test
  void a_remote_provider_is_at_an_address_or_at_a_subject() {
    String file = "providers:\n  - {id: far, kind: remote, %s}\n";

    assertThat(load(file.formatted("address: \"127.0.0.1:1\"")).config().models().providers())
        .extracting(provider -> provider.facts().address())
        .containsExactly("grpc://127.0.0.1:1");
    assertThat(load(file.formatted("remote_id: gold")).config().models().providers())
        .extracting(provider -> provider.facts().address())
        .containsExactly("nats:beamline.provider.v1.invoke");
    refused(
        file.formatted("address: \"far.example:1\""),
        "reeve.yaml:2: providers[].address: \"far.example:1\" (expected: tls: on beside it, because"
            + " it is another machine; or tls: off)");
    refused(
        file.formatted("address: \"127.0.0.1:1\", subject: a.b"),
        "reeve.yaml:2: providers[].subject: \"a.b\" (expected: address or subject, not both)");
    refused(
        file.formatted("base_url: \"http://127.0.0.1\""),
        "reeve.yaml:2: providers[].base_url: \"http://127.0.0.1\" (expected: nothing beside kind"
            + " remote)");
  }

  @Test
  void tenants_and_groups_get_their_shares() {
    EngineLimits limits =
        load("""
        limits:
          tenant_default: {running_max: 4}
          tenants:
            acme.eu: {weight: 3, starts_per_second: 0.5, starts_burst: 2}
          groups:
            billing-api: {running_max: 5}
        """)
            .config()
            .limits();

    assertThat(limits.tenantDefault()).isEqualTo(new EngineLimits.Share(1, 4, 0, 1));
    assertThat(limits.tenants())
        .containsExactly(Map.entry("acme.eu", new EngineLimits.Share(3, 0, 0.5, 2)));
    assertThat(limits.groups())
        .containsExactly(Map.entry("billing-api", new EngineLimits.Share(1, 5, 0, 1)));
  }

  @Test
  void shares_are_shown_with_their_line() {
    assertThat(load("limits:\n  tenants:\n    acme:\n      weight: 3\n").values())
        .containsEntry("limits.tenants.acme.weight", new ConfigValue("3", "reeve.yaml:4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grpc: {port: 65536} | grpc.port: \"65536\" (expected: a port, 0 to 65535; from"
            + " reeve.yaml:1)",
        "grpc: {port: x} | grpc.port: \"x\" (expected: a port, 0 to 65535; from reeve.yaml:1)",
        "grcp: {port: 1} | reeve.yaml:1: unknown key \"grcp.port\"; did you mean grpc.port?",
        "grpc: [1] | reeve.yaml:1: unknown key \"grpc\"",
        "drain: [1s] | reeve.yaml:1: drain: sequence (expected: one value)",
        "drain: 10 | drain: \"10\" (expected: a duration such as 30s, 5m, 24h; from reeve.yaml:1)",
        "store: mysql://u:p@h/d | store: \"mysql://***@h/d\" (expected: sqlite or"
            + " postgresql://...)",
        "cpu: {memory_max: 1GiB} | cpu.memory_max: \"1GiB\" (expected: at most 768MiB, three"
            + " quarters of the heap)",
        "cpu: {memory_max: 1GB} | cpu.memory_max: \"1GB\" (expected: a size such as 64KiB, 16MiB,"
            + " 2GiB; from reeve.yaml:1)",
        "limits: {tenants: {a: {weigth: 2}}} | reeve.yaml:1: unknown key"
            + " \"limits.tenants.a.weigth\"; did you mean limits.tenants.a.weight?",
        "limits: {groups: {a: {weight: 2}}} | reeve.yaml:1: unknown key \"limits.groups.a.weight\"",
        "limits: {tenants: {a: {weight: 1001}}} | limits.tenants.a.weight: \"1001\" (expected: a"
            + " whole number, 1 to 1000; from reeve.yaml:1)",
        "limits: {tenants: {'a b': {weight: 2}}} | limits.tenants: \"a b\" (expected: ",
        "limits: {tenants: 4} | reeve.yaml:1: unknown key \"limits.tenants\"",
        "limits: {tenant_default: {starts_per_second: -1}} |"
            + " limits.tenant_default.starts_per_second: \"-1\" (expected: a number per second",
        "drain: {a: &x b, c: *x} | unknown key",
        "a: 1\ta: 2 | reeve.yaml",
        "{ | reeve.yaml",
      })
  void what_is_wrong_is_said_with_its_place(String file, String expected) {
    refused(file, expected);
  }

  @Test
  void rates_may_be_set_for_the_gateway_all_tenants_and_each() {
    assertThat(load("routing: {rate: {tenant: 20}}").config().routing().perTenant())
        .contains(RateLimit.perSecond(20, 20));
    assertThat(load("routing: {rate: {global: 9, global_burst: 3}}").config().routing().global())
        .contains(RateLimit.perSecond(9, 3));
    assertThat(load("").config().routing().global()).isEmpty();
    assertThat(load("calls: {rate: 7, burst: 8, in_progress: 9}").config().callRate())
        .isEqualTo(new CallRate(7, 8, 9));
    refused("calls: {rate: 0}", "calls.rate: \"0\" (expected: a whole number from 1");
  }

  @Test
  void a_list_may_be_written_as_one_or_with_commas() {
    assertThat(load("routing: {tenants: [a, b]}").config().routing().tenants())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(load("routing: {tenants: 'a, b'}").config().routing().tenants())
        .containsExactlyInAnyOrder("a", "b");
    refused("routing: {tenants: [{a: b}]}", "routing.tenants: sequence (expected: one value)");
  }

  @Test
  void a_section_with_nothing_in_it_says_nothing() {
    assertThat(load("grpc:\n  # port: 1\nlimits: {tenants: }\n").config().grpcPort())
        .isEqualTo(50_051);
  }

  @Test
  void a_signature_elsewhere_needs_its_file_and_a_key() {
    environment.put("SAFETY_POLICY_SIGNATURE_PATH", "policy.signature");

    refused(
        "",
        "policy.signature_file: set (expected: policy.file or policy.url beside it)",
        "policy.signature_file: set (expected: policy.public_key beside it)");
    refused(
        "policy: {signature: x}",
        "policy.signature: set beside policy.signature_file (expected: one of them)");
  }

  @Test
  void a_policy_from_elsewhere_is_never_replaced_by_one_from_here() {
    environment.put("SAFETY_POLICY_URL", "http://policies.example/p.yaml");
    environment.put("SAFETY_POLICY_RELOAD_INTERVAL", "10");

    refused(
        "policy: {file: p.yaml}",
        "policy.url: set beside policy.file (expected: one of them)",
        "policy.url: \"http://policies.example/p.yaml\" (expected: https, or",
        "policy.reload_interval: 10ms (expected: at least 1s)");
    environment.put("SAFETY_POLICY_URL", "https://somebody@policies.example/p.yaml");
    refused("", "(expected: https://HOST/PATH, no user)");
  }

  @Test
  void an_address_of_the_policy_comes_with_its_hosts() {
    environment.put("SAFETY_POLICY_URL", "http://policies.example/p.yaml?a=b");
    environment.put("SAFETY_POLICY_URL_ALLOWLIST", "Policies.example, other.example");
    environment.put("SAFETY_POLICY_URL_ALLOW_PRIVATE", "1");

    PolicyUrl url = load("").config().policy().url().orElseThrow();

    assertThat(url.hosts()).containsExactlyInAnyOrder("policies.example", "other.example");
    assertThat(url.privateHosts()).isTrue();
    assertThat(url.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(url.signature()).hasToString("http://policies.example/p.yaml.sig?a=b");
  }

  @Test
  void listeners_have_an_address_each() {
    environment.put("SAFETY_KERNEL_ADDR", ":50061");
    environment.put("CONTEXT_ENGINE_ADDR", "[::1]:50070");

    assertThat(load("").config().listeners())
        .extracting(ExtraListener::name, ExtraListener::toString)
        .containsExactly(
            tuple("safety_kernel", "127.0.0.1:50061"), tuple("context_engine", "[::1]:50070"));
    environment.put("SAFETY_KERNEL_ADDR", "50061");
    refused("", "listen.safety_kernel: \"50061\" (expected: HOST:PORT, or :PORT for loopback");
  }

  @Test
  void everything_wrong_is_said_at_once() {
    refused("grpc: {port: x}\nhttp: {port: y}\ndrian: 1s\n", "grpc.port", "http.port", "drian");
  }

  @Test
  void the_store_can_be_named_in_a_file_of_its_own() throws IOException {
    Path secret = Files.writeString(folder.resolve("store"), "postgresql://u:p@h/d\n");

    assertThat(load("store_file: " + secret).config().store()).isEqualTo("postgresql://u:p@h/d");
    refused(
        "store: sqlite\nstore_file: " + secret,
        "store_file: set beside store (expected: one of them)");
    refused("store_file: " + folder.resolve("none"), "cannot be read");
  }

  @Test
  void the_template_says_nothing_but_the_defaults() {
    String uncommented =
        ConfigTemplate.text()
            .replaceAll("(?m)^( +#|# [^ ]).*\n", "")
            .replaceAll("(?m)^#", "")
            .replaceAll("(?s)  tenants:\n    TENANT:.*?\n\n", "\n");

    ConfigFile.Read read = ConfigFile.read("reeve.yaml", uncommented);

    assertThat(read.problems()).isEmpty();
    assertThat(read.shares()).containsOnlyKeys(new ConfigShare(ConfigShare.TENANT_DEFAULT, ""));
    assertThat(read.values().keySet())
        .containsExactlyInAnyOrderElementsOf(ConfigKeys.ALL.stream().map(ConfigKey::name).toList());
    assertThat(read.values())
        .allSatisfy((name, value) ->
            assertThat(ConfigKeys.ALL)
                .anyMatch(
                    key -> key.name().equals(name) && key.defaultText().equals(value.text())));
  }

  private ConfigLoader.Loaded load(String file) {
    return ConfigLoader.load(flags, environment, "reeve.yaml", file, MEMORY);
  }

  private void refused(String file, String... parts) {
    assertThatThrownBy(() -> load(file))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(ServerProblems.CONFIG_INVALID);
              assertThat(e.problem().message()).contains(parts);
            });
  }
}
