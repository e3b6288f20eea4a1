package dev.reeve.gateway.beamline;

import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.Router;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.service.route.DecideRoute;
import dev.reeve.service.route.KeepRoutePolicies;
import dev.reeve.service.route.RoutePolicyBook;
import dev.reeve.service.route.RoutePolicyDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.SplittableRandom;

/// The BeamLine dialect over a router of its own, whose policies are kept in the log alone.
public final class BeamlineFixture {
  /// Reads nothing back: no policies from before the start.
  static final RoutePolicyBook NONE_BEFORE = _ -> {};

  private BeamlineFixture() {}

  /// Reads back what earlier gateways left in this store.
  static RoutePolicyBook book(InMemoryStore store) {
    return sink ->
        store
            .documents(RoutePolicyDocuments.PREFIX)
            .forEach(document -> sink.accept(document.content()));
  }

  /// The dialect with the ports of its router.
  public static Dialect dialect(GatewayServices services) {
    return BeamlineDialect.create(
        services, ports(services, NONE_BEFORE, ExtensionCaller.NONE, Set.of()));
  }

  static BeamlinePorts ports(
      GatewayServices services,
      RoutePolicyBook book,
      ExtensionCaller extensions,
      Set<String> tenants) {
    Router router = new PolicyRouter(RoutingSettings.DEFAULTS, services.clock(), System::nanoTime);
    KeepRoutePolicies policies =
        new KeepRoutePolicies(router, book, services.writer(), services.clock());
    try {
      policies.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BeamlinePorts(
        new DecideRoute(router, extensions, new SplittableRandom(1), services.checks()),
        policies,
        router,
        new ServedTenants(tenants),
        new ExtensionStatistics(services.clock()),
        new RouterLoad(),
        new RecentDecisions(),
        services.clock());
  }
}
