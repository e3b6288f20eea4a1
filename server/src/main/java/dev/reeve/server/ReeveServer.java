package dev.reeve.server;

import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.ExtraListener;
import dev.reeve.gateway.Gateway;
import dev.reeve.gateway.GatewayConfig;
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
import dev.reeve.gateway.reeve.ServerDescription;
import dev.reeve.gateway.reeve.WorkerRoster;
import dev.reeve.gateway.remote.CallersContext;
import dev.reeve.job.JobState;
import dev.reeve.server.audit.AuditTrail;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.AwaitJob;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.CancelJob;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.ConductReview;
import dev.reeve.service.ConsentPurposes;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.EchoTask;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.JobConsent;
import dev.reeve.service.JobReader;
import dev.reeve.service.ListJobs;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.OutputReview;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.PolicyOutputReview;
import dev.reeve.service.ReceiptProofs;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.ReconsiderJobs;
import dev.reeve.service.ReviewHeldOutputs;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SafetyKernel;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.SignalConsent;
import dev.reeve.service.StoredOutputs;
import dev.reeve.service.SubmitJob;
import dev.reeve.service.Times;
import dev.reeve.service.VelocityWindows;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.WorkerWords;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.CompileLanes;
import dev.reeve.service.decider.DeciderWords;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.optimizer.MappingDesk;
import dev.reeve.service.provider.RoutedProviders;
import dev.reeve.store.OpenStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
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

  /// Requests that velocity windows of safety checks remember together.
  private static final int COUNTS_MAX = 1_000_000;

  private final Threads threads;
  private final OpenStore store;
  private final Writer writer;
  private final WriterThread writerThread;
  private final BuiltInExecutor echo;
  private final Devices devices;
  private final WorkerRoster roster;
  private final Gateway gateway;
  private final Deciders deciders;
  private final RouterBus router;
  private final Routing routing;
  private final AgentBus agents;
  private final Bus bus;
  private final Models models;
  private final ProviderBus providerBus;
  private final BeamlineWorkers beamlineWorkers;
  private final Publication publication;
  private final Housekeeping housekeeping;
  private final AuditTrail audit;
  private boolean closed;

  private ReeveServer(
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
      AuditTrail audit) {
    this.threads = threads;
    this.store = store;
    this.writer = writer;
    this.writerThread = writerThread;
    this.echo = echo;
    this.devices = devices;
    this.roster = roster;
    this.gateway = gateway;
    this.deciders = deciders;
    this.router = router;
    this.routing = routing;
    this.agents = agents;
    this.bus = bus;
    this.models = models;
    this.providerBus = providerBus;
    this.beamlineWorkers = beamlineWorkers;
    this.publication = publication;
    this.housekeeping = housekeeping;
    this.audit = audit;
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
    PolicyHistory history = new PolicyHistory();
    Optional<PolicyMirror> mirror = mirror(config, scanner);
    PolicyKeeper policy = PolicyKeeper.open(policyFiles(config, mirror), rules, history, clock);
    ShadowKeeper shadowKeeper = new ShadowKeeper(config.policy().shadows(), shadows, scanner);
    shadowKeeper.look();
    OpenStore store = OpenedStore.open(config, clock, stop);
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
        useCases(
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
            random);
    new ReconsiderJobs(writer, rules, archive, config.approvals(), clock, threads.blocking())
        .start();
    WriterThread writerThread = WriterThread.start(writer);
    policy.recordWith(writer);
    Routing routing =
        Routing.create(
            config.routing(),
            config.data(),
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
    ReevePorts reevePorts =
        new ReevePorts(
            new ReceiptReader(archive),
            new ReceiptProofs(new ArchivedHashes(archive, writer::edge)),
            audit.signer(),
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
            COUNTS_MAX);
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
            gatewayConfig(config).with(keys.credentials()),
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
    self.listening(listeners(config, gateway));
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
        new PolicyReload(bus, () -> reload(policy, mirror, threads.blocking()), System::nanoTime);
    housekeeping.watch(reload);
    housekeeping.reviewAgain(() -> reviewWaiting(writer, reports));
    housekeeping.look(agents, threads.blocking());
    housekeeping.look(keys);
    housekeeping.look(devices.reservations());
    housekeeping.look(devices, threads.blocking());
    return new ReeveServer(
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
        audit);
  }

  /// Looks at the policy again: files at once, an address when it has answered.
  private static void reload(
      PolicyKeeper policy, Optional<PolicyMirror> mirror, Executor blocking) {
    mirror.ifPresentOrElse(
        fetched ->
            blocking.execute(() -> {
              fetched.fetch();
              policy.again();
            }),
        policy::again);
  }

  /// The policy that is fetched, if one is.
  private static Optional<PolicyMirror> mirror(ServerConfig config, SharedScanner scanner) {
    PolicySettings policy = config.policy();
    return policy
        .url()
        .map(url ->
            PolicyMirror.open(
                url, config.data(), policy.signatures(), scanner, PolicyFetch.TIMEOUT));
  }

  /// What is fetched and the files of the configuration, or the one in the data directory.
  private static PolicyReading policyFiles(ServerConfig config, Optional<PolicyMirror> mirror) {
    PolicySettings policy = config.policy();
    List<Path> files = new ArrayList<>();
    mirror.map(PolicyMirror::file).ifPresent(files::add);
    files.addAll(policy.files());
    if (files.isEmpty()) {
      files.add(OwnPolicyFile.in(config.data()));
    }
    return new PolicyReading(files, policy.invariants(), policy.signatures());
  }

  private static GatewayServices useCases(
      RulesInForce rules,
      PolicyHistory history,
      GovernanceState governance,
      ApprovalTerms approvals,
      CheckReceipts checks,
      OutputGuards guards,
      CallGovernance gate,
      OpenStore store,
      Threads threads,
      Tail tail,
      Writer writer,
      JobReader reader,
      ExecutionReports reports,
      InstantSource clock,
      SecureRandom random) {
    JobArchive archive = store.log().archive();
    ListJobs list = new ListJobs(archive, reader);
    return new GatewayServices(
        new SubmitJob(
            writer,
            rules,
            approvals,
            reader,
            store.blobs(),
            CallersContext.on(threads.blocking()),
            clock,
            random),
        new CancelJob(writer),
        reader,
        list,
        new WatchJob(
            reader, archive, new ArchivedHashes(archive, writer::edge), tail, threads.blocking()),
        new AwaitJob(reader, tail),
        new ExplainJob(writer, reader, rules, clock),
        new DecideApproval(writer, reader, rules),
        new WorkerDesk(writer, reports),
        rules,
        new CheckOutput(
            guards::current,
            new StoredOutputs(reader, store.blobs()),
            threads.blocking(),
            threads.cpu()),
        new ReviewHeldOutputs(writer, reader, list, rules),
        new SafetyKernel(rules, history, checks, new VelocityWindows(clock, COUNTS_MAX)),
        checks,
        governance,
        gate,
        new CallTokens(random, clock),
        writer,
        clock,
        threads.blocking());
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

  private static GatewayConfig gatewayConfig(ServerConfig config) {
    return GatewayConfig.of(
            config.host(),
            config.grpcPort(),
            config.httpPort(),
            config.internalPort(),
            config.blockingCallsMax(),
            config.drain())
        .with(config.listeners())
        .with(config.callRate())
        .withClientRate(config.gate().rate());
  }

  private static List<ServerDescription.Listener> listeners(ServerConfig config, Gateway gateway) {
    List<ServerDescription.Listener> listeners = new ArrayList<>();
    listeners.add(
        new ServerDescription.Listener("grpc", config.host() + ":" + gateway.grpcPort(), false));
    listeners.add(
        new ServerDescription.Listener("http", config.host() + ":" + gateway.httpPort(), false));
    gateway
        .internalPort()
        .ifPresent(port ->
            listeners.add(
                new ServerDescription.Listener("internal", config.host() + ":" + port, false)));
    Map<String, Integer> extra = gateway.extraPorts();
    config
        .listeners()
        .forEach(listener ->
            listeners.add(
                new ServerDescription.Listener(
                    listener.name(), listener.at(portOf(listener, extra)), false)));
    return listeners;
  }

  /// The line that says where the listeners are.
  public String readyLine(ServerConfig config) {
    StringBuilder line = new StringBuilder("reeve ready grpc=");
    line.append(config.host()).append(':').append(gateway.grpcPort());
    line.append(" http=").append(config.host()).append(':').append(gateway.httpPort());
    gateway
        .internalPort()
        .ifPresent(
            port -> line.append(" internal=").append(config.host()).append(':').append(port));
    Map<String, Integer> extra = gateway.extraPorts();
    for (ExtraListener listener : config.listeners()) {
      line.append(' ').append(listener.name()).append('=');
      line.append(listener.at(portOf(listener, extra)));
    }
    return line.toString();
  }

  private static int portOf(ExtraListener listener, Map<String, Integer> bound) {
    return Objects.requireNonNull(bound.get(listener.name()));
  }

  /// Its listeners.
  public Gateway gateway() {
    return gateway;
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
    roster.drain("the server stops");
    echo.stop();
    devices.stop();
    router.close();
    providerBus.close();
    gateway.close();
    housekeeping.close();
    routing.close();
    deciders.close();
    beamlineWorkers.close();
    publication.close();
    agents.close();
    bus.close();
    models.close();
    devices.close();
    writerThread.stop();
    audit.close();
    threads.close();
    store.close();
    log.info("stopped commits={}", writer.metrics().commits.sum());
  }
}
