package dev.reeve.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.policy.PolicyInput;
import dev.reeve.service.decider.DeciderAnswer;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real handshake: who is trusted is asked, nobody else.
class RemoteTlsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir static Path folder;
  private static TestIdentity server;
  private static TestIdentity client;
  private static TestIdentity stranger;

  @BeforeAll
  static void makeIdentities() {
    server = TestIdentity.make(folder, "server");
    client = TestIdentity.make(folder, "client");
    stranger = TestIdentity.make(folder, "stranger");
  }

  @Test
  void a_server_of_the_named_authority_is_asked() throws SSLException {
    try (FakeDecider kernel = FakeDecider.start(tls(Optional.empty()))) {
      assertThat(ask(kernel, trusting(server.certificate(), Optional.empty())))
          .isInstanceOf(DeciderAnswer.Decided.class);
    }
  }

  @Test
  void a_server_of_another_authority_is_an_outage() throws SSLException {
    try (FakeDecider kernel = FakeDecider.start(tls(Optional.empty()))) {
      assertThat(ask(kernel, trusting(stranger.certificate(), Optional.empty())))
          .isInstanceOf(DeciderAnswer.Outage.class);
      assertThat(ask(kernel, new RemoteTarget.Security.Tls(Optional.empty(), Optional.empty())))
          .isInstanceOf(DeciderAnswer.Outage.class);
      assertThat(ask(kernel, new RemoteTarget.Security.Plaintext()))
          .isInstanceOf(DeciderAnswer.Outage.class);
      assertThat(kernel.policyAsked).isEmpty();
    }
  }

  @Test
  void a_server_that_asks_who_we_are_gets_our_certificate() throws SSLException {
    try (FakeDecider kernel = FakeDecider.start(tls(Optional.of(client.certificate())))) {
      assertThat(ask(kernel, trusting(server.certificate(), Optional.of(client))))
          .isInstanceOf(DeciderAnswer.Decided.class);
      assertThat(ask(kernel, trusting(server.certificate(), Optional.of(stranger))))
          .isInstanceOf(DeciderAnswer.Outage.class);
      assertThat(ask(kernel, trusting(server.certificate(), Optional.empty())))
          .isInstanceOf(DeciderAnswer.Outage.class);
    }
  }

  @Test
  void a_file_that_is_no_certificate_is_refused_at_the_start() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
    RemoteTarget target = new RemoteTarget("127.0.0.1", 1, trusting(junk, Optional.empty()));

    assertThatThrownBy(() -> SafetyKernelClient.connect(target, TIMEOUT))
        .hasMessageContaining("REMOTE_TLS_UNUSABLE")
        .hasMessageContaining("127.0.0.1:1");
  }

  private static SslContext tls(Optional<Path> clients) throws SSLException {
    var builder = GrpcSslContexts.forServer(server.certificate().toFile(), server.key().toFile());
    clients.ifPresent(file -> builder.trustManager(file.toFile()).clientAuth(ClientAuth.REQUIRE));
    return builder.build();
  }

  private static RemoteTarget.Security trusting(Path authority, Optional<TestIdentity> own) {
    return new RemoteTarget.Security.Tls(
        Optional.of(authority),
        own.map(identity -> new RemoteTarget.KeyPair(identity.certificate(), identity.key())));
  }

  private static DeciderAnswer<?> ask(FakeDecider kernel, RemoteTarget.Security security) {
    try (SafetyKernelClient asking =
        SafetyKernelClient.connect(
            new RemoteTarget("127.0.0.1", kernel.port(), security), TIMEOUT)) {
      return asking.decide(PolicyInput.of("acme", "job.a"));
    }
  }
}
