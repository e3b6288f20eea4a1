package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.gateway.remote.RemoteTarget.Security;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the configuration says of other deciders, and what is said of a wrong one.
class DeciderReaderTest {
  private static final String KERNEL = "deciders.safety_kernel.";
  private static final String OUTPUT = "deciders.output_policy.";

  private final Map<String, String> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  @Test
  void without_addresses_nobody_else_is_asked() {
    given.put(KERNEL + "tls_ca", "ca.pem");

    assertThat(read())
        .isEqualTo(new DeciderConfig(Duration.ofSeconds(30), Optional.empty(), Optional.empty()));
    assertThat(problems).isEmpty();
  }

  @Test
  void the_defaults_are_those_of_the_founding_documents() {
    given.put(KERNEL + "address", "127.0.0.1:50061");
    given.put(OUTPUT + "address", "[::1]:50061");

    DeciderConfig config = read();

    assertThat(problems).isEmpty();
    assertThat(config.safetyKernel())
        .contains(
            new DeciderConfig.SafetyKernel(
                new RemoteTarget("127.0.0.1", 50_061, new Security.Plaintext()),
                FailModes.all(FailMode.CLOSED),
                Duration.ofSeconds(2)));
    assertThat(config.outputPolicy())
        .contains(
            new DeciderConfig.OutputPolicy(
                new RemoteTarget("::1", 50_061, new Security.Plaintext()),
                FailMode.OPEN,
                Duration.ofMillis(100),
                Duration.ofSeconds(30)));
  }

  @Test
  void tls_is_by_named_authorities_or_by_those_of_java() {
    given.put(KERNEL + "address", "kernel.example:443");
    given.put(KERNEL + "tls_ca", "ca.pem");
    given.put(KERNEL + "tls_cert", "own.pem");
    given.put(KERNEL + "tls_key", "own.key");
    given.put(OUTPUT + "address", "kernel.example:443");
    given.put(OUTPUT + "tls_required", "true");

    DeciderConfig config = read();

    assertThat(problems).isEmpty();
    assertThat(config.safetyKernel().orElseThrow().target().security())
        .isEqualTo(
            new Security.Tls(
                Optional.of(Path.of("ca.pem")),
                Optional.of(new RemoteTarget.KeyPair(Path.of("own.pem"), Path.of("own.key")))));
    assertThat(config.outputPolicy().orElseThrow().target().security())
        .isEqualTo(new Security.Tls(Optional.empty(), Optional.empty()));
  }

  @Test
  void another_machine_without_tls_is_somebodys_decision() {
    given.put(KERNEL + "address", "10.0.0.5:50051");
    given.put(KERNEL + "insecure", "true");

    assertThat(read().safetyKernel().orElseThrow().target().security())
        .isEqualTo(new Security.Plaintext());
    assertThat(problems).isEmpty();
  }

  @Test
  void tenants_have_fail_modes_of_their_own() {
    given.put(KERNEL + "address", "localhost:1");
    given.put(KERNEL + "tenant_fail_modes", "acme=open, bank=closed");

    assertThat(read().safetyKernel().orElseThrow().failModes())
        .isEqualTo(
            new FailModes(FailMode.CLOSED, Map.of("acme", FailMode.OPEN, "bank", FailMode.CLOSED)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          address=kernel                                  | address: "kernel" (expected: HOST:PORT
          address=kernel:0                                | address: "kernel:0" (expected: HOST:PORT
          address=kernel:65536                            | address: "kernel:65536" (expected
          address=http://kernel:1                         | address: "http://kernel:1" (expected
          address=::1:50051                               | address: "::1:50051" (expected
          address=10.0.0.5:1                              | because it is another machine
          address=10.0.0.5:1;insecure=true;tls_ca=a       | insecure: "true" (expected: false
          address=10.0.0.5:1;insecure=true;tls_required=true | insecure: "true" (expected: false
          address=127.0.0.1:1;tls_ca=a;tls_cert=b         | both tls_cert and tls_key
          address=127.0.0.1:1;tls_ca=a;tls_key=b          | both tls_cert and tls_key
          address=127.0.0.1:1;tls_cert=a;tls_key=b        | tls_ca or tls_required beside it
          address=127.0.0.1:1;timeout=0s                  | timeout: "0s" (expected: 1ms to 5m)
          address=127.0.0.1:1;timeout=1h                  | timeout: "1h" (expected: 1ms to 5m)
          address=127.0.0.1:1;tenant_fail_modes=acme      | tenant_fail_modes: "acme"
          address=127.0.0.1:1;tenant_fail_modes=acme:open | tenant_fail_modes: "acme:open"
          address=127.0.0.1:1;tenant_fail_modes=a=half    | tenant_fail_modes: "a=half"
          address=127.0.0.1:1;tenant_fail_modes=a=open,a=closed | tenant_fail_modes: "a=closed"
          """)
  void what_is_wrong_is_said(String settings, String said) {
    for (String setting : settings.split(";", -1)) {
      int at = setting.indexOf('=');
      given.put(KERNEL + setting.substring(0, at), setting.substring(at + 1));
    }

    DeciderConfig _ = read();

    assertThat(problems).singleElement().asString().contains(said).startsWith(KERNEL);
  }

  private DeciderConfig read() {
    return new DeciderReader(key -> given.getOrDefault(key.name(), key.defaultText()), problems)
        .read();
  }
}
