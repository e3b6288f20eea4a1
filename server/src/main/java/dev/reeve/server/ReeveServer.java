package dev.reeve.server;

import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.Gateway;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.HttpLoops;
import dev.reeve.gateway.beamline.BeamlineDialect;
import dev.reeve.gateway.beamline.BusExtensions;
import dev.reeve.gateway.beamline.RouteIntake;
import dev.reeve.gateway.beamline.RouterAlerts;
import dev.reeve.gateway.beamline.RouterBus;
import dev.reeve.gateway.beamline.worker.BeamlineWorkers;
import dev.reeve.gateway.cap.CapDesk;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cap.DeadJobs;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.provider.ProviderBus;
import dev.reeve.gateway.provider.ProviderDialect;
import dev.reeve.gateway.reeve.ReeveDialect;
import dev.reeve.gateway.reeve.ReevePorts;
import dev.reeve.gateway.reeve.WorkerRoster;
import dev.reeve.job.JobState;
import dev.reeve.server.audit.AuditTrail;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.ConductReview;
import dev.reeve.service.ConsentPurposes;
import dev.reeve.service.EchoTask;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.JobConsent;
import dev.reeve.service.JobReader;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.OutputReview;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.PolicyOutputReview;
import dev.reeve.service.ReceiptProofs;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.ReconsiderJobs;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.SignalConsent;
import dev.reeve.service.Times;
import dev.reeve.service.VerifyLog;
import dev.reeve.service.WorkerWords;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.CompileLanes;
import dev.reeve.service.decider.DeciderWords;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.optimizer.MappingDesk;
import dev.reeve.service.provider.RoutedProviders;
import dev.reeve.store.OpenStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: every part built by hand, from the store outwards, and stopped in the reverse
/// order. Reading [#start] is reading the architecture.
public final class ReeveServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReeveServer.class);
  private static final long TAIL_BYTES_MAX = 64L * 1024 * 1024;
  private static final int ECHO_PARALLEL = 1_024;

  private final Parts parts;
  private boolean closed;

  /// What has to be stopped.
  private record Parts(
      Threads threads,
      OpenStore store,
      Writer writer,
      WriterThread writerThread,
      BuiltInExecutor echo,
      Devices devices,
      WorkerRoster roster,
      Gateway gateway,
      Deciders deciders,
      RouterBus router,
      Routing routing,
      AgentBus agents,
      Bus bus,
      Models models,
      ProviderBus providerBus,
      BeamlineWorkers beamlineWorkers,
      Publication publication,
      Housekeeping housekeeping,
      AuditTrail audit) {}

  private ReeveServer(Parts parts) {
    this.parts = parts;
  }

  /// Starts everything; returns when every listener accepts calls.
  ///
  /// @param stop ends the wait of a standby
  /// @throws dev.reeve.base.ProblemException when configuration, policy or a port cannot be used
  /// @throws StoreException when the store cannot be opened
  public static ReeveServer start(ConfigLoader.Loaded loaded, BooleanSupplier stop)
      throws StoreException, InterruptedException {
    return start(loaded, stop, false);
  }

  /// Starts everything.
  ///
  /// @param acceptRollback whether a database that lacks signed receipts is taken as it is
  static ReeveServer start(ConfigLoader.Loaded loaded, BooleanSupplier stop, boolean acceptRollback)
      throws StoreException, InterruptedException {
    ServerConfig config = loaded.config();
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    SharedScanner scanner = new SharedScanner(ScannersFile.read(config.scannersFile()));
    ShadowPolicies shadows = new ShadowPolicies(scanner, clock);
    ReleasedLater released = new ReleasedLater();
    Deciders deciders = Deciders.connect(config.deciders(), new DeciderWords(released));
    Bus bus = OpenedBus.open(config.bus());
    RulesInForce rules = new RulesInForce(scanner, shadows, deciders.policy());
    Optional<PolicyMirror> mirror = PolicyMirror.of(config.policy(), config.data(), scanner);
    PolicyKeeper policy =
        PolicyKeeper.open(PolicyReading.of(config.policy(), config.data(), mirror), rules, clock);
    ShadowKeeper shadowKeeper = new ShadowKeeper(config.policy().shadows(), shadows, scanner);
    shadowKeeper.look();
    OpenStore store = OpenedStore.open(config, clock, stop);
    PolicyHistory history = PolicyHistory.open(new StoredPolicies(store.policies()));
    Threads threads = new Threads();
    Tail tail = new Tail(TAIL_BYTES_MAX);
    WriterPorts ports =
        new WriterPorts(
            store.log(),
            clock,
            System::nanoTime,
            random,
            threads.delivery(),
            threads.blocking(),
            rules);
    Writer writer = Writer.open(ports, config.limits(), tail);
    writer.recallRates(rules.longestWindow());
    JobArchive archive = store.log().archive();
    AuditTrail audit =
        AuditTrail.open(config.data(), acceptRollback, writer, archive, clock, random);
    JobReader reader = new JobReader(writer.table(), archive, threads.blocking());
    OutputGuards guards = new OutputGuards(rules, scanner, System::nanoTime);
    Governance governance = Governance.create(config, rules, writer, store, clock, random);
    GateRules gateRules = GateRules.read(config.gate(), random);
    ConsentFile consent = ConsentFile.open(config.data(), gateRules.anchors(), store.documents());
    rules.heed(new JobConsent(() -> consent.current().consent(), clock));
    StandingNow standing =
        new StandingNow(governance.state(), consent, config.gate().conscienceOffTenants());
    CallGovernance gate =
        new CallGovernance(
            gateRules.boundary(),
            gateRules.conscience(),
            scanner,
            gateRules.key(),
            standing,
            clock);
    released.by(text -> gate.released("", text));
    OutputReview review =
        deciders
            .after(
                new PolicyOutputReview(guards, reader, threads.cpu(), threads.blocking()), reader)
            .then(new ConductReview(gate));
    ExecutionReports reports =
        new ExecutionReports(
            writer,
            archive,
            store.blobs(),
            review,
            threads.blocking(),
            random,
            new WorkerWords(released));
    GatewayServices services =
        new UseCases(
                rules,
                history,
                governance.state(),
                config.approvals(),
                new CheckReceipts(writer, config.auditChecks(), clock),
                guards,
                gate,
                store,
                threads,
                tail,
                writer,
                reader,
                reports,
                clock,
                random)
            .services();
    policy.keepIn(history);
    new ReconsiderJobs(writer, rules, archive, config.approvals(), clock, threads.blocking())
        .start();
    WriterThread writerThread = WriterThread.start(writer);
    policy.recordWith(writer);
    Routing routing =
        Routing.create(
            config.routing(),
            config.data(),
            store.documents(),
            writer,
            services.checks(),
            statistics -> new BusExtensions(bus, statistics),
            clock);
    routing.open();
    new ServerReceipts(writer).started(rules.snapshotId());
    reviewWaiting(writer, reports);
    BuiltInExecutor echo =
        new BuiltInExecutor(
            "echo",
            Set.of(EchoTask.ROUTE),
            ECHO_PARALLEL,
            new EchoTask(),
            writer,
            reports,
            Runnable::run);
    echo.start();
    Devices devices =
        Devices.open(new Devices.Surroundings(config, threads, writer, reports, random, clock));
    SelfDescription self =
        new SelfDescription(
            config,
            loaded.values(),
            writer,
            policy,
            deciders,
            governance.state(),
            bus,
            Times.micros(clock.instant()));
    BeamlineWorkers beamlineWorkers =
        BeamlineWorkers.start(
            new BeamlineWorkers.Surroundings(
                bus,
                services.workers(),
                writer::wake,
                routing.router()::observe,
                routing.assignments(),
                config.limits().lease(),
                System::nanoTime,
                clock,
                random),
            config
                .beamlineWorkers()
                .settings(
                    config.routing().tenants(),
                    audit.signer().signed().keys().origin(),
                    config.nodeName(),
                    config.bus().replicas()));
    WorkerRoster roster = new WorkerRoster();
    CallerKeysFile keys = CallerKeysFile.open(config.identity());
    AgentBus agents = AgentBus.open(config, store, writer, clock);
    ReceiptReader receiptReader = new ReceiptReader(archive);
    ReceiptProofs proofs = new ReceiptProofs(new ArchivedHashes(archive, writer::edge));
    ReevePorts reevePorts =
        new ReevePorts(
            receiptReader,
            proofs,
            audit.signer(),
            new VerifyLog(writer, archive, receiptReader, proofs, audit.signer()),
            self,
            governance,
            new SignalConsent(consent, rules, writer, clock, threads.blocking()),
            roster,
            List.of(agents.workers(), beamlineWorkers),
            agents.pools(),
            config.limits().lease(),
            policy::loaded,
            new BacktestPolicy(archive, reader, scanner));
    KnowledgeBase knowledge = KnowledgeFile.open(config.data(), clock);
    HttpLoops loops = HttpLoops.create();
    Models models =
        Models.create(
            config.models(),
            new RoutedProviders(
                routing.router(),
                () -> ThreadLocalRandom.current().nextLong(),
                routing.extensions()),
            services,
            guards,
            deciders.policy(),
            deciders.output(),
            bus,
            clock,
            loops,
            threads.blocking(),
            UseCases.COUNTS_MAX);
    List<Dialect> dialects =
        List.of(
            ReeveDialect.create(services, reevePorts),
            EigenDialect.create(
                services,
                devices.desk(),
                devices.reservations(),
                new CircuitDesk(
                    new CompileLanes(
                        threads.circuits(),
                        threads.largeCircuits(),
                        config.compileTimeMax(),
                        System::nanoTime),
                    devices::model),
                knowledge,
                new MappingDesk(threads.largeCircuits(), devices::model, System::nanoTime)),
            CordumDialect.create(services),
            BeamlineDialect.create(services, routing.ports()),
            CapDialect.create(services, agents.pointers()),
            MathisonDialect.create(services),
            OpenAiDialect.create(
                models.calls(), models.directory(), routing.ports().tenants(), threads.blocking()),
            ProviderDialect.create(
                models.calls(),
                models.directory(),
                routing.ports().tenants(),
                clock,
                threads.blocking()));
    Publication publication =
        Publication.start(
            config.bus(),
            bus,
            archive,
            tail,
            writer,
            random,
            List.of(new DeadJobs()),
            List.of(CapDesk.SYSTEM));
    governance.open(Gateway.actions(dialects), random);
    reevePorts.consent().take(ConsentPurposes.of(Gateway.actions(dialects)));
    Gateway gateway =
        Gateway.start(
            Listeners.config(config).with(keys.credentials()),
            services,
            dialects,
            List.of(
                OpenAiDialect.http(),
                BeamlineDialect.http(routing.intake(), clock),
                CordumDialect.http(clock)),
            new ServerHealth(
                writer,
                deciders,
                governance.state(),
                bus,
                routing.router(),
                publication,
                devices.desk()::idle,
                List.of(
                    policy::trouble,
                    () -> mirror.map(PolicyMirror::trouble).orElse(""),
                    routing.keeper()::trouble,
                    () -> bus.health().complaint(),
                    agents::trouble,
                    keys::trouble,
                    models::trouble,
                    devices::trouble),
                Map.of(
                    "reeve_beamline_",
                    beamlineWorkers::counts,
                    "router_",
                    () ->
                        Counts.sum(
                            routing.intake().figures().counts(), beamlineWorkers.contractCounts()),
                    "reeve_cap_",
                    agents::counts,
                    "eigen_cluster_",
                    devices::shardCounts,
                    "eigen_kb_",
                    knowledge::counts)),
            loops);
    gateway.serving(governance.state().serving());
    RouterBus routerBus =
        RouterBus.start(
            bus,
            gateway.busCalls(),
            routing.intake(),
            routing.ports().load(),
            Optional.of(beamlineWorkers.assignments()),
            clock,
            routing.decisions());
    routing.ports().load().watchWorkers(beamlineWorkers::load);
    if (config.routing().decideStream()) {
      routerBus.consume(
          config.bus().replicas(),
          beamlineWorkers.deadLetters(RouterBus.DEAD_LETTERS, RouteIntake::ids));
    }
    ProviderBus providerBus = models.listen(config.models(), bus, gateway.busCalls(), clock);
    agents.start(bus, gateway.busCalls(), services, random);
    self.listening(Listeners.bound(config, gateway));
    Housekeeping housekeeping = new Housekeeping();
    housekeeping.start(
        store,
        () -> {
          mirror.ifPresent(PolicyMirror::put);
          policy.look();
        },
        governance,
        shadowKeeper,
        gateway,
        writer,
        clock,
        config.retention());
    housekeeping.watch(routing.keeper(), routing.quotas());
    housekeeping.watch(beamlineWorkers);
    RouterAlerts alerts =
        new RouterAlerts(
            bus,
            routing.router(),
            beamlineWorkers::subjects,
            clock,
            random,
            System::nanoTime,
            routing.intake().figures());
    routing.router().watch(alerts::refused);
    housekeeping.watch(alerts);
    housekeeping.watch(routing.ports().load(), routing.intake().figures());
    threads.cpu().execute(scanner::warmUp);
    housekeeping.expireConsent(consent, rules, clock);
    mirror.ifPresent(fetched -> housekeeping.fetchPolicy(fetched, threads.blocking()));
    PolicyReload reload =
        PolicyReload.of(bus, policy, mirror, threads.blocking(), System::nanoTime);
    housekeeping.watch(reload);
    housekeeping.reviewAgain(() -> reviewWaiting(writer, reports));
    housekeeping.look(agents, threads.blocking());
    housekeeping.look(keys);
    housekeeping.look(devices.reservations());
    housekeeping.look(devices, threads.blocking());
    return new ReeveServer(
        new Parts(
            threads,
            store,
            writer,
            writerThread,
            echo,
            devices,
            roster,
            gateway,
            deciders,
            routerBus,
            routing,
            agents,
            bus,
            models,
            providerBus,
            beamlineWorkers,
            publication,
            housekeeping,
            audit));
  }

  /// Results are held in review whose verdict was not kept: the process ended, or the store did not
  /// answer. They are looked at again; a verdict that comes twice changes nothing.
  private static void reviewWaiting(Writer writer, ExecutionReports reports) {
    writer
        .table()
        .all()
        .filter(job -> job.state() instanceof JobState.Reviewing)
        .forEach(reports::reviewWaiting);
  }

  /// The line that says where the listeners are.
  public String readyLine(ServerConfig config) {
    return Listeners.readyLine(config, gateway());
  }

  /// Its listeners.
  public Gateway gateway() {
    return parts.gateway();
  }

  /// Stops in order: no new work, running built-in work handed back, calls drained, what was taken
  /// is decided, the store closed. Idempotent; blocks for at most the drain time and some seconds.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    log.info("stopping");
    parts.roster().drain("the server stops");
    parts.echo().stop();
    parts.devices().stop();
    parts.router().close();
    parts.providerBus().close();
    parts.gateway().close();
    parts.housekeeping().close();
    parts.routing().close();
    parts.deciders().close();
    parts.beamlineWorkers().close();
    parts.publication().close();
    parts.agents().close();
    parts.bus().close();
    parts.models().close();
    parts.devices().close();
    parts.writerThread().stop();
    parts.audit().close();
    parts.threads().close();
    parts.store().close();
    log.info("stopped commits={}", parts.writer().metrics().commits.sum());
  }
}
