package dev.reeve.server.offline;

import dev.reeve.gateway.beamline.RouteIntake;
import dev.reeve.gateway.beamline.RouteLines;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.RoutePolicies;
import dev.reeve.routing.RoutingSettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// A router of one run.
final class OfflineRoutes {
  private static final String GENERATOR = "L64X128MixRandom";

  private OfflineRoutes() {}

  /// @param seed of the draws; null for others in each run
  static RouteLines of(RoutePolicies policies, @Nullable Long seed) {
    PolicyRouter router =
        new PolicyRouter(RoutingSettings.DEFAULTS, InstantSource.system(), System::nanoTime);
    router.use(policies);
    RandomGeneratorFactory<RandomGenerator> generators = RandomGeneratorFactory.of(GENERATOR);
    return new RouteLines(
        new RouteIntake(_ -> true, false, System::nanoTime),
        router,
        seed == null ? generators.create() : generators.create(seed));
  }
}
