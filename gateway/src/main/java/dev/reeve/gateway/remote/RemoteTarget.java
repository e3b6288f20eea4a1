package dev.reeve.gateway.remote;

import java.nio.file.Path;
import java.util.Optional;

/// Where another server is and how it is spoken to.
///
/// @param host name or address, an IPv6 one without brackets
/// @param port its gRPC port
/// @param security how the connection is protected
public record RemoteTarget(String host, int port, Security security) {
  /// How a connection is protected.
  public sealed interface Security {
    /// Not at all: for loopback, or where somebody decided so.
    record Plaintext() implements Security {}

    /// By TLS.
    ///
    /// @param authorities certificates (PEM) that the server's must come from; empty for those that
    ///   Java trusts
    /// @param own what this server shows of itself; empty for nothing
    record Tls(Optional<Path> authorities, Optional<KeyPair> own) implements Security {}
  }

  /// A certificate chain and its private key, both PEM, the key in PKCS 8.
  public record KeyPair(Path certificates, Path key) {}

  /// `HOST:PORT`.
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
