package dev.reeve.server;

import dev.reeve.engine.Writer;
import dev.reeve.gateway.ServedTenants;
import dev.reeve.gateway.beamline.BeamlinePorts;
import dev.reeve.gateway.beamline.ExtensionStatistics;
import dev.reeve.gateway.beamline.KeptDecisions;
import dev.reeve.gateway.beamline.RecentDecisions;
import dev.reeve.gateway.beamline.RouteIntake;
import dev.reeve.gateway.beamline.RouterLoad;
import dev.reeve.gateway.beamline.worker.KeptAssignments;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.Router;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.route.DecideRoute;
import dev.reeve.service.route.KeepRoutePolicies;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/// The router with what surrounds it: its policies, and who asks it.
final class Routing {
  private final Router router;
  private final KeepRoutePolicies policies;
  private final FormerRoutePolicyFiles formerFiles;
  private final RoutePolicyKeeper keeper;
  private final BeamlinePorts ports;
  private final RouteIntake intake;
  private final RouteQuotaFile quotas;
  private final ExtensionCaller extensions;
  private final RouteDecisionFiles decisions;
  private final RouteAssignmentFiles assignments;

  private Routing(
      Router router,
      KeepRoutePolicies policies,
      FormerRoutePolicyFiles formerFiles,
      RoutePolicyKeeper keeper,
      BeamlinePorts ports,
      RouteIntake intake,
      RouteQuotaFile quotas,
      ExtensionCaller extensions,
      RouteDecisionFiles decisions,
      RouteAssignmentFiles assignments) {
    this.decisions = decisions;
    this.assignments = assignments;
    this.extensions = extensions;
    this.quotas = quotas;
    this.router = router;
    this.policies = policies;
    this.formerFiles = formerFiles;
    this.keeper = keeper;
    this.ports = ports;
    this.intake = intake;
  }

  /// Makes the router; it has no policies until [#open].
  ///
  /// @param documents of the store, where the policies are kept
  /// @param extensions makes what calls extensions, told where to count
  static Routing create(
      RoutingConfig settings,
      Path data,
      KeptDocuments documents,
      Writer writer,
      CheckReceipts checks,
      Function<ExtensionStatistics, ExtensionCaller> extensions,
      InstantSource clock) {
    RoutingSettings defaults = RoutingSettings.DEFAULTS;
    Router router =
        new PolicyRouter(
            new RoutingSettings(
                settings.global(),
                settings.perTenant(),
                settings.environment(),
                defaults.tenantsMax(),
                defaults.pinsMax(),
                defaults.countersMax(),
                settings.tenants()),
            clock,
            System::nanoTime);
    KeepRoutePolicies policies =
        new KeepRoutePolicies(router, new StoredRoutePolicies(documents), writer, clock);
    ExtensionStatistics statistics = new ExtensionStatistics(clock);
    ExtensionCaller caller = extensions.apply(statistics);
    ServedTenants tenants = new ServedTenants(settings.tenants());
    BeamlinePorts ports =
        new BeamlinePorts(
            new DecideRoute(router, caller, () -> ThreadLocalRandom.current().nextLong(), checks),
            policies,
            router,
            tenants,
            statistics,
            new RouterLoad(),
            new RecentDecisions(),
            clock);
    return new Routing(
        router,
        policies,
        new FormerRoutePolicyFiles(data),
        new RoutePolicyKeeper(settings.policies(), policies::replaceFiles, System::nanoTime),
        ports,
        new RouteIntake(tenants::serves, settings.strict(), System::nanoTime),
        new RouteQuotaFile(data, router),
        caller,
        new RouteDecisionFiles(data, clock),
        new RouteAssignmentFiles(data, clock));
  }

  /// Puts the policies in force that were kept, and those of the folder. The writer must run.
  ///
  /// @throws dev.reeve.base.ProblemException when they cannot be read
  void open() {
    try {
      policies.open();
      formerFiles.moveTo(policies::takeIn);
    } catch (IOException e) {
      throw RoutePolicyKeeper.unreadable(e);
    }
    keeper.open();
    quotas.restore();
  }

  /// Calls extensions of policies.
  ExtensionCaller extensions() {
    return extensions;
  }

  /// What is used of quotas.
  RouteQuotaFile quotas() {
    return quotas;
  }

  /// Ends the watch, and keeps what was used.
  void close() {
    keeper.close();
    quotas.save();
    decisions.close();
    assignments.close();
  }

  /// What was decided under idempotency keys.
  KeptDecisions decisions() {
    return decisions;
  }

  /// What was given away after decisions.
  KeptAssignments assignments() {
    return assignments;
  }

  Router router() {
    return router;
  }

  /// The policies of the folder.
  RoutePolicyKeeper keeper() {
    return keeper;
  }

  /// What the API needs.
  BeamlinePorts ports() {
    return ports;
  }

  /// Takes in requests of the bus.
  RouteIntake intake() {
    return intake;
  }
}
