package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.bus.NatsSettings.Credentials;
import dev.reeve.bus.NatsSettings.Tls;
import dev.reeve.service.bus.Bus;
import dev.reeve.testing.Await;
import dev.reeve.testing.NatsServer;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Being let in by a real broker, and by no other.
class NatsLoginIT {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertLetIn(NatsServer server, Credentials credentials) {
    try (Bus bus =
        NatsBus.open(NatsSettings.of(server.uri()).with(credentials), BusLimits.standard())) {
      Await.until("connected", () -> bus.health().isConnected());
    }
  }

  private static void assertKeptOut(NatsSettings settings, String why) {
    try (Bus bus = NatsBus.open(settings, BusLimits.standard())) {
      Await.until(
          "kept out", () -> bus.health().complaint().toLowerCase(Locale.ROOT).contains(why));
      assertThat(bus.health().isConnected()).isFalse();
    }
  }

  @Test
  void by_name_and_password() throws IOException {
    try (NatsServer server =
        NatsServer.start("authorization { user: reeve, password: \"a-secret\" }")) {
      assertLetIn(server, new Credentials.Password("reeve", file("password", "a-secret\n")));
      assertKeptOut(
          NatsSettings.of(server.uri())
              .with(new Credentials.Password("reeve", file("wrong", "guess"))),
          "auth");
      assertKeptOut(NatsSettings.of(server.uri()), "auth");
    }
  }

  @Test
  void after_the_password_was_put_right() throws IOException {
    try (NatsServer server =
            NatsServer.start("authorization { user: reeve, password: \"a-secret\" }");
        Bus bus =
            NatsBus.open(
                NatsSettings.of(server.uri())
                    .with(new Credentials.Password("reeve", file("password", "old"))),
                BusLimits.standard())) {
      Await.until("kept out", () -> !bus.health().complaint().isEmpty());

      file("password", "a-secret");

      Await.until("connected", () -> bus.health().isConnected());
    }
  }

  @Test
  void by_token() throws IOException {
    try (NatsServer server = NatsServer.start("authorization { token: \"a-token\" }")) {
      assertLetIn(server, new Credentials.Token(file("token", "a-token")));
    }
  }

  @Test
  void by_nkey() throws IOException, GeneralSecurityException {
    NKey key = NKey.createUser(new SecureRandom());
    try (NatsServer server =
        NatsServer.start(
            "authorization { users: [ { nkey: " + new String(key.getPublicKey()) + " } ] }")) {
      assertLetIn(server, new Credentials.NkeyFile(file("user.nk", new String(key.getSeed()))));
    }
  }

  @Test
  void files_that_cannot_be_used_are_named() throws IOException {
    NatsSettings settings = NatsSettings.of(URI.create("nats://localhost:4222"));
    Path junk = file("junk", "junk");

    assertThatThrownBy(
            () -> settings.with(new Credentials.Token(folder.resolve("missing"))).check())
        .hasMessageContaining("missing: cannot be read");
    assertThatThrownBy(() -> settings.with(new Credentials.NkeyFile(junk)).check())
        .hasMessageContaining("junk: no NKey seed");
    assertThatThrownBy(() ->
            settings
                .with(new Tls(Optional.empty(), Optional.of(new Tls.KeyPair(junk, junk))))
                .check())
        .isInstanceOf(IOException.class);
  }

  @Test
  void by_tls_with_a_certificate_of_each_side() throws IOException, InterruptedException {
    certificates("localhost");
    try (NatsServer server =
        NatsServer.start(
            "tls { cert_file: \"%s\", key_file: \"%s\", ca_file: \"%s\", verify: true }"
                .formatted(
                    folder.resolve("server.pem"),
                    folder.resolve("server.key"),
                    folder.resolve("ca.pem")))) {
      URI named = URI.create("tls://localhost:" + server.port());
      Tls.KeyPair own = new Tls.KeyPair(folder.resolve("client.pem"), folder.resolve("client.key"));
      Optional<Path> authority = Optional.of(folder.resolve("ca.pem"));

      try (Bus bus =
          NatsBus.open(
              NatsSettings.of(named).with(new Tls(authority, Optional.of(own))),
              BusLimits.standard())) {
        Await.until("connected", () -> bus.health().isConnected());
      }
      // Without ours, with an authority of others, and by a name that is not in the certificate.
      assertKeptOut(
          NatsSettings.of(named).with(new Tls(authority, Optional.empty())), "not connected");
      assertKeptOut(
          NatsSettings.of(named).with(new Tls(Optional.empty(), Optional.of(own))), "certifi");
      assertKeptOut(
          NatsSettings.of(URI.create("tls://127.0.0.1:" + server.port()))
              .with(new Tls(authority, Optional.of(own))),
          "subject alternative names");
    }
  }

  /// An authority, and a key and certificate of it for the server and for the client.
  private void certificates(String host) throws IOException, InterruptedException {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
        "-subj",
        "/CN=test authority");
    for (String name : List.of("server", "client")) {
      openssl(
          "req",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:prime256v1",
          "-nodes",
          "-keyout",
          name + ".key",
          "-out",
          name + ".csr",
          "-subj",
          "/CN=" + name);
      file(name + ".ext", "subjectAltName=DNS:" + host + "\n");
      openssl(
          "x509",
          "-req",
          "-in",
          name + ".csr",
          "-CA",
          "ca.pem",
          "-CAkey",
          "ca.key",
          "-CAcreateserial",
          "-out",
          name + ".pem",
          "-days",
          "2",
          "-extfile",
          name + ".ext");
    }
  }

  private void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("openssl.log"))).isZero();
  }
}
