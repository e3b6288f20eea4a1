package dev.reeve.gateway.beamline;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// The BeamLine dialect over a router of its own, whose policies are kept in memory.
public final class BeamlineFixture {
  private BeamlineFixture() {}

  /// Policies in memory.
  static final class Book implements RoutePolicyBook {
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private boolean fails;

    void failFromNowOn() {
      fails = true;
    }

    void mend() {
      fails = false;
    }

    @Override
    public List<Kept> read() {
      return List.copyOf(kept.values());
    }

    @Override
    public void write(Kept policy) throws IOException {
      if (fails) {
        throw new IOException("the disk is full");
      }
      kept.put(policy.tenantId() + "/" + policy.policyId(), policy);
    }
  }

  /// The dialect with the ports of its router.
  public static Dialect dialect(GatewayServices services) {
    return BeamlineDialect.create(
        services, ports(services, new Book(), ExtensionCaller.NONE, Set.of()));
  }

  static BeamlinePorts ports(
      GatewayServices services, Book book, ExtensionCaller extensions, Set<String> tenants) {
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
