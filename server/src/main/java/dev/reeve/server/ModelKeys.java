package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;

/// The keys about calls of models. The providers themselves are a list, which only the file has:
/// [ProvidersReader].
final class ModelKeys {
  static final ConfigKey RELEASE =
      ConfigKey.choice(
          "models.release",
          "streaming lets an answer out piece by piece, each looked at before; whole holds it until"
              + " all of it was looked at.",
          "streaming",
          "whole");

  static final ConfigKey PRICES =
      ConfigKey.of(
          "models.prices",
          Kind.PATH,
          "",
          "Prices of models, a YAML file: MODEL or PROVIDER/MODEL, then input, cached_input and"
              + " output in USD for a million tokens.");

  static final ConfigKey CACHE_ENTRIES =
      ConfigKey.of(
          "models.cache.entries",
          Kind.COUNT_OR_NONE,
          "0",
          "Whole answers kept for exactly the same request of the same tenant; 0 for none.");

  static final ConfigKey CACHE_SIZE =
      ConfigKey.of("models.cache.size", Kind.SIZE, "64MiB", "Bytes of answers kept.");

  static final ConfigKey CACHE_AGE =
      ConfigKey.of("models.cache.age", Kind.DURATION, "5m", "How long an answer is kept.");

  static final ConfigKey JOIN =
      ConfigKey.choice(
          "models.join",
          "true makes one call of equal calls of a tenant at the same time.",
          "false",
          "true");

  private ModelKeys() {}
}
