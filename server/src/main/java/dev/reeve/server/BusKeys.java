package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys of the bus.
final class BusKeys {
  static final ConfigKey URL =
      ConfigKey.of(
              "bus.nats.url",
              Kind.TEXT,
              "",
              "The NATS brokers of one cluster, nats://HOST:PORT or tls://HOST:PORT, with commas"
                  + " between; without it messages stay within the process.")
          .aliased("REEVE_NATS_URL");
  static final ConfigKey USER =
      ConfigKey.of("bus.nats.user", Kind.TEXT, "", "Our name at the broker; with password_file.");
  static final ConfigKey PASSWORD_FILE =
      ConfigKey.of("bus.nats.password_file", Kind.PATH, "", "A file with the password of user.");
  static final ConfigKey TOKEN_FILE =
      ConfigKey.of("bus.nats.token_file", Kind.PATH, "", "A file with our token.");
  static final ConfigKey CREDENTIALS_FILE =
      ConfigKey.of(
          "bus.nats.credentials_file", Kind.PATH, "", "A .creds file: our JWT and its NKey seed.");
  static final ConfigKey NKEY_FILE =
      ConfigKey.of("bus.nats.nkey_file", Kind.PATH, "", "A file with the seed of our NKey.");
  static final ConfigKey TLS_CA =
      ConfigKey.of(
          "bus.nats.tls_ca",
          Kind.PATH,
          "",
          "Certificates (PEM) that the broker's must come from; with it the connection is by TLS.");
  static final ConfigKey TLS_CERT =
      ConfigKey.of(
          "bus.nats.tls_cert", Kind.PATH, "", "Our certificate (PEM), if the broker asks for one.");
  static final ConfigKey TLS_KEY =
      ConfigKey.of("bus.nats.tls_key", Kind.PATH, "", "The key (PEM, PKCS 8) of tls_cert.");
  static final ConfigKey INSECURE =
      ConfigKey.choice(
          "bus.nats.insecure",
          "Allows a connection without TLS to another machine.",
          "false",
          "true");
  static final ConfigKey REPLICAS =
      ConfigKey.of(
          "bus.nats.replicas",
          Kind.COUNT,
          "3",
          "Copies of our streams, at most 5; one when the broker is not a cluster of that size.");
  static final ConfigKey PUBLISH =
      ConfigKey.choice(
          "bus.publish",
          "Whether what happens to jobs is published to the broker; never within the process.",
          "on",
          "off");
  static final ConfigKey REPUBLISH_FROM =
      ConfigKey.of(
          "bus.republish_from",
          Kind.COUNT_OR_NONE,
          "0",
          "A position of the log from which everything is published again, once for each number.");
  static final ConfigKey MESSAGE_MAX =
      ConfigKey.of(
          "bus.message_max",
          Kind.SIZE,
          "1MiB",
          "Largest message, headers included; the broker's own limit holds too.");

  private BusKeys() {}
}
