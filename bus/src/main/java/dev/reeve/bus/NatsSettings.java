package dev.reeve.bus;

import dev.reeve.base.Check;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the brokers are and how to be let in.
///
/// @param servers `nats://` or `tls://` addresses of one cluster, at least one
/// @param credentials how we say who we are
/// @param tls how the connection is secured; empty: as the address says
/// @param name of this client, shown by the broker
/// @param ackWait how long an acknowledgement of a durable message is awaited
public record NatsSettings(
    List<URI> servers, Credentials credentials, Optional<Tls> tls, String name, Duration ackWait) {
  /// How we say who we are. Files are read at each connect, so that they can be renewed.
  public sealed interface Credentials {
    /// Not at all.
    record None() implements Credentials {}

    /// A name and the password in a file.
    record Password(String user, Path passwordFile) implements Credentials {}

    /// A token in a file.
    record Token(Path file) implements Credentials {}

    /// A `.creds` file: a user's JWT and its NKey seed.
    record CredentialsFile(Path file) implements Credentials {}

    /// A file with the seed of a user NKey.
    record NkeyFile(Path file) implements Credentials {}
  }

  /// A connection by TLS; the broker's certificate must be for the host in its address.
  ///
  /// @param authorities certificates (PEM) that the broker's must come from; empty: those that Java
  ///   trusts
  /// @param own our certificate, if the broker asks for one
  public record Tls(Optional<Path> authorities, Optional<KeyPair> own) {
    /// @param certificate chain (PEM), ours first
    /// @param key its key (PEM, PKCS 8)
    public record KeyPair(Path certificate, Path key) {}
  }

  public NatsSettings {
    servers = List.copyOf(servers);
    Check.argument(!servers.isEmpty(), "servers: [] (expected: at least one)");
    Check.argument(ackWait.isPositive(), "ack_wait: %s (expected: above 0)", ackWait);
  }

  /// One broker without credentials.
  public static NatsSettings of(URI server) {
    return new NatsSettings(
        List.of(server), new Credentials.None(), Optional.empty(), "reeve", Duration.ofSeconds(5));
  }

  /// The same with credentials.
  public NatsSettings with(Credentials others) {
    return new NatsSettings(servers, others, tls, name, ackWait);
  }

  /// The same by TLS.
  public NatsSettings with(Tls security) {
    return new NatsSettings(servers, credentials, Optional.of(security), name, ackWait);
  }

  /// Reads every file once, so that a wrong one is found at the start.
  ///
  /// @throws IOException with what is wrong with which file
  public void check() throws IOException {
    NatsLogin.check(credentials);
    if (tls.isPresent()) {
      NatsTls.context(tls.get());
    }
  }

  /// The addresses for people, without names and passwords.
  String address() {
    return String.join(
        ",",
        servers.stream()
            .map(server -> server.getScheme() + "://" + server.getHost() + ":" + server.getPort())
            .toList());
  }
}
