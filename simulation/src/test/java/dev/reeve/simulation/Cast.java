package dev.reeve.simulation;

import dev.reeve.engine.EngineLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Who plays in every simulation, and under which limits.
final class Cast {
  static final List<String> TENANTS = List.of("acme", "globex", "initech");

  /// The tenant whose submits are counted.
  static final String RATED_TENANT = "initech";

  static final int RATE_MAX = 5;
  static final long RATE_WINDOW_MICROS = 10_000_000;

  static final List<String> ROUTES = List.of("job.one", "job.two", "job.three");
  static final List<String> GROUPS = List.of("", "", "small", "slow");
  static final List<String> WORKERS = List.of("w1", "w2", "w3", "builtin:b1");

  static final Map<String, EngineLimits.Share> TENANT_SHARES =
      Map.of(
          "acme", new EngineLimits.Share(3, 0, 0, 1), "globex", new EngineLimits.Share(1, 4, 0, 1));
  static final Map<String, EngineLimits.Share> GROUP_SHARES =
      Map.of(
          "small", new EngineLimits.Share(1, 2, 0, 1), "slow", new EngineLimits.Share(1, 3, 2, 3));

  static final EngineLimits LIMITS =
      new EngineLimits(
          400,
          200,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          TENANT_SHARES,
          EngineLimits.Share.UNLIMITED,
          GROUP_SHARES);

  private Cast() {}
}
