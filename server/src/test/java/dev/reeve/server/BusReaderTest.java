package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.bus.NatsSettings;
import dev.reeve.bus.NatsSettings.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the configuration says of the bus, and what is said of a wrong one.
class BusReaderTest {
  private static final String NATS = "bus.nats.";

  private final Map<String, String> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  @Test
  void without_an_address_messages_stay_within_the_process() {
    BusConfig config = read();

    assertThat(problems).isEmpty();
    assertThat(config.nats()).isEmpty();
    assertThat(config.limits().messageSizeMax()).isEqualTo(1024 * 1024);
    assertThat(config.replicas()).isEqualTo(3);
  }

  @Test
  void brokers_of_a_cluster_may_lack_scheme_and_port() {
    given.put(NATS + "url", "nats://127.0.0.1:4333, localhost");

    NatsSettings nats = read().nats().orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(nats.servers())
        .containsExactly(URI.create("nats://127.0.0.1:4333"), URI.create("nats://localhost:4222"));
    assertThat(nats.credentials()).isEqualTo(new Credentials.None());
    assertThat(nats.tls()).isEmpty();
  }

  @Test
  void tls_is_by_the_scheme_or_by_named_authorities() {
    given.put(NATS + "url", "tls://broker.example:4222");
    assertThat(read().nats().orElseThrow().tls())
        .contains(new NatsSettings.Tls(Optional.empty(), Optional.empty()));

    given.put(NATS + "url", "nats://broker.example:4222");
    given.put(NATS + "tls_ca", "ca.pem");
    given.put(NATS + "tls_cert", "own.pem");
    given.put(NATS + "tls_key", "own.key");
    assertThat(read().nats().orElseThrow().tls())
        .contains(
            new NatsSettings.Tls(
                Optional.of(Path.of("ca.pem")),
                Optional.of(new NatsSettings.Tls.KeyPair(Path.of("own.pem"), Path.of("own.key")))));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "password_file, Password",
    "token_file, Token",
    "credentials_file, CredentialsFile",
    "nkey_file, NkeyFile"
  })
  void credentials_are_of_one_kind(String key, String kind) {
    given.put(NATS + "url", "nats://localhost");
    given.put(NATS + key, "secret");
    if (key.equals("password_file")) {
      given.put(NATS + "user", "reeve");
    }

    assertThat(read().nats().orElseThrow().credentials().getClass().getSimpleName())
        .isEqualTo(kind);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url=http://broker:1                          | url: "http://broker:1" (expected: nats://
          url=nats://                                  | url: "nats://" (expected: nats://
          url=nats://localhost/x                       | url: "nats://localhost/x" (expected
          url=nats://10.0.0.5:4222                     | because it is another machine
          url=nats://me:secret@10.0.0.5:4222           | url: "nats://***@10.0.0.5:4222"
          url=tls://10.0.0.5;insecure=true             | insecure: "true" (expected: false
          url=nats://localhost;tls_cert=a;tls_key=b    | tls_ca or tls:// beside it
          url=tls://localhost;tls_cert=a               | both tls_cert and tls_key
          url=nats://localhost;user=me                 | both user and password_file
          url=nats://localhost;token_file=a;nkey_file=b| no other credentials beside
          replicas=6                                   | replicas: "6" (expected: 1 to 5)
          """)
  void what_is_wrong_is_said(String settings, String said) {
    for (String setting : settings.split(";", -1)) {
      int at = setting.indexOf('=');
      given.put(NATS + setting.substring(0, at), setting.substring(at + 1));
    }

    BusConfig _ = read();

    assertThat(problems).singleElement().asString().contains(said).startsWith(NATS);
  }

  @Test
  void a_message_limit_out_of_bounds_is_said() {
    given.put("bus.message_max", "1KiB");

    BusConfig _ = read();

    assertThat(problems).containsExactly("bus.message_max: \"1KiB\" (expected: 16KiB to 64MiB)");
  }

  private BusConfig read() {
    return new BusReader(key -> given.getOrDefault(key.name(), key.defaultText()), problems).read();
  }
}
