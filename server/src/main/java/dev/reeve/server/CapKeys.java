package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys of workers that come by the bus.
final class CapKeys {
  static final ConfigKey POOLS_FILE =
      ConfigKey.of(
              "workers.pools_file",
              Kind.PATH,
              "",
              "Which pools of workers are meant for which topics; looked at again when it changes.")
          .aliased("POOL_CONFIG_PATH");
  static final ConfigKey READINESS =
      ConfigKey.choice(
              "workers.readiness_required",
              "Whether a worker of the bus serves only topics that its handshake names.",
              "false",
              "true")
          .aliased("WORKER_READINESS_REQUIRED");
  static final ConfigKey HANDSHAKE =
      ConfigKey.choice(
              "workers.handshake",
              "Packets of workers without a session: off and warn take them, enforce refuses them.",
              "off",
              "warn",
              "enforce")
          .aliased("CORDUM_SDK_HANDSHAKE");
  static final ConfigKey KEYS =
      ConfigKey.of(
          "workers.keys",
          Kind.PATH,
          "",
          "Folder of SENDER.pem with the P-256 public keys of workers on the bus; every packet must"
              + " then be signed.");
  static final ConfigKey CLIENT_KEYS =
      ConfigKey.of(
          "workers.client_keys",
          Kind.PATH,
          "",
          "Folder of SENDER.pem with the P-256 public keys of those who submit and cancel on the"
              + " bus; every packet must then be signed.");
  static final ConfigKey SIGNING_KEY_FILE =
      ConfigKey.of(
          "workers.signing_key_file",
          Kind.PATH,
          "",
          "Our own P-256 private key, PKCS 8 in PEM, that signs what we send to workers.");
  static final ConfigKey REDIS_URL =
      ConfigKey.of(
              "bus.redis.url",
              Kind.TEXT,
              "",
              "redis://HOST:PORT where inputs and results of jobs lie; without it they lie in our"
                  + " own store.")
          .aliased("REDIS_URL");
  static final ConfigKey REDIS_URL_FILE =
      ConfigKey.of(
          "bus.redis.url_file",
          Kind.PATH,
          "",
          "A file that holds the value of bus.redis.url, so that its password stays out of this"
              + " one.");

  private CapKeys() {}
}
