package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.openai.OpenAiDialect;
import dev.reeve.gateway.remote.CallersContext;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.AwaitJob;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.CallGovernance;
import dev.reeve.service.CallTokens;
import dev.reeve.service.CancelJob;
import dev.reeve.service.ChainedOutputReview;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.JobReader;
import dev.reeve.service.ListJobs;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.OutputGuards;
import dev.reeve.service.OutputReview;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.PolicyOutputReview;
import dev.reeve.service.ReconsiderJobs;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.ReviewHeldOutputs;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SafetyKernel;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.StoredOutputs;
import dev.reeve.service.SubmitJob;
import dev.reeve.service.VelocityWindows;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.WorkerWords;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.PolicyChain;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A gateway with real sockets, the real chain and the real use cases, over a log in memory. A
/// client channel to each gRPC port.
public final class GatewayFixture implements AutoCloseable {
  /// Allows `job.open.*`, `job.default` and `job.echo`, holds what is tagged `prod`, denies the
  /// rest.
  public static final String POLICY =
      """
      version: test-1
      default_tenant: default
      default_decision: deny
      rules:
        - id: prod-needs-approval
          match: {risk_tags: [prod]}
          decision: require_approval
          reason: prod work needs a second person
        - id: open-work
          match: {topics: ["job.open.*", job.default, job.echo]}
          decision: allow
      """;

  /// How long a worker may be silent.
  public static final Duration LEASE = EngineLimits.DEFAULT.lease();

  /// Deciders that are asked after our own.
  public record Others(PolicyChain policy, Optional<OutputChain> output) {
    static final Others NONE = new Others(PolicyChain.OURS_ALONE, Optional.empty());

    OutputReview after(OutputReview ours, JobReader reader) {
      return output.map(chain -> ours.then(new ChainedOutputReview(chain, reader))).orElse(ours);
    }
  }

  private final ExecutorService delivery = Executors.newSingleThreadExecutor();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final InMemoryStore store;
  private final Writer writer;
  private final GatewayServices services;
  private final Thread draining;
  private final Gateway gateway;
  private final ExecutionReports reports;
  private final ManagedChannel channel;
  private final ManagedChannel internal;
  private volatile HealthView.Health health = HealthView.Health.OK;
  private volatile GovernanceStation governance = GovernanceStation.STANDING;
  private volatile boolean stopping;
  private volatile Supplier<ActionCheck.Standing> standing = () -> ActionCheck.Standing.PLAIN;

  private GatewayFixture(
      InMemoryStore store,
      String policy,
      ApprovalTerms terms,
      Others others,
      Credentials credentials,
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects)
      throws StoreException {
    this.store = store;
    SharedScanner scanner = SharedScanner.builtIn();
    RulesInForce rules = new RulesInForce(scanner, others.policy());
    rules.replace(PolicyFile.load(Bytes.utf8(policy)).orThrow("policy"));
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new java.security.SecureRandom();
    Tail tail = new Tail(1 << 20);
    writer =
        Writer.open(
            new WriterPorts(
                store.open(), clock, System::nanoTime, random, delivery, blocking, rules),
            EngineLimits.DEFAULT,
            tail);
    JobArchive archive = store.archive();
    JobReader reader = new JobReader(writer.table(), archive, blocking);
    ListJobs list = new ListJobs(archive, reader);
    OutputGuards guards = new OutputGuards(rules, scanner, System::nanoTime);
    OutputReview review =
        others.after(new PolicyOutputReview(guards, reader, blocking, blocking), reader);
    reports =
        new ExecutionReports(
            writer,
            archive,
            store.blobs(),
            review,
            blocking,
            random,
            new WorkerWords(text -> text.contains("AKIA") ? "[REDACTED]" : text));
    CheckReceipts checks = new CheckReceipts(writer, CheckReceipts.Mode.DURABLE, clock);
    PolicyHistory history = PolicyHistory.open(new MemoryPolicyArchive());
    PolicySource source = new PolicySource("policy", Bytes.utf8(policy));
    history.add(
        rules.snapshotId(),
        clock.instant(),
        "policy",
        List.of(new LoadedPolicy.File(source, false, false)));
    services =
        new GatewayServices(
            new SubmitJob(
                writer,
                rules,
                terms,
                reader,
                store.blobs(),
                CallersContext.on(blocking),
                clock,
                random),
            new CancelJob(writer),
            reader,
            list,
            new WatchJob(
                reader, archive, new ArchivedHashes(archive, writer::edge), tail, blocking),
            new AwaitJob(reader, tail),
            new ExplainJob(writer, reader, rules, clock),
            new DecideApproval(writer, reader, rules),
            new WorkerDesk(writer, reports),
            rules,
            new CheckOutput(
                guards::current, new StoredOutputs(reader, store.blobs()), blocking, blocking),
            new ReviewHeldOutputs(writer, reader, list, rules),
            new SafetyKernel(rules, history, checks, new VelocityWindows(clock, 10_000)),
            checks,
            new CurrentGovernance(),
            gate(clock),
            new CallTokens(random, clock),
            writer,
            clock,
            blocking);
    new ReconsiderJobs(writer, rules, archive, terms, clock, blocking).start();
    draining = Thread.ofPlatform().name("writer").start(this::drain);
    gateway =
        Gateway.start(
            GatewayConfig.of("127.0.0.1", 0, 0, Optional.of(0), 64, Duration.ofMillis(200))
                .with(credentials),
            services,
            dialects.apply(services, archive),
            List.of(OpenAiDialect.http(), CordumDialect.http(clock)),
            () -> health);
    channel = channel(gateway.grpcPort());
    internal = channel(gateway.internalPort().orElseThrow());
  }

  private CallGovernance gate(InstantSource clock) {
    return new CallGovernance(
        BoundaryPack.builtIn(),
        ConsciencePack.builtIn(),
        SharedScanner.builtIn(),
        new DataKey(Bytes.wrap(new byte[32])),
        _ -> standing.get(),
        clock);
  }

  /// What callers are held against from now on.
  public void standing(ActionCheck.Standing now) {
    standing = () -> now;
  }

  /// What is asked for at each call from now on.
  public void standing(Supplier<ActionCheck.Standing> now) {
    standing = now;
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /// Starts a gateway that speaks these dialects, under [#POLICY], on an empty store.
  public static GatewayFixture start(
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    return startOn(new InMemoryStore(InstantSource.system()), POLICY, dialects);
  }

  /// Starts under a policy of the test's own, on an empty store.
  public static GatewayFixture startUnder(
      String policy, BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    return startOn(new InMemoryStore(InstantSource.system()), policy, dialects);
  }

  /// Starts on what an earlier one left behind.
  public static GatewayFixture startOn(
      InMemoryStore store,
      String policy,
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    return startOn(store, policy, Others.NONE, dialects);
  }

  /// Starts with other deciders behind its own.
  public static GatewayFixture startOn(
      InMemoryStore store,
      String policy,
      Others others,
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    return startOn(store, policy, ApprovalTerms.DEFAULT, others, Credentials.NONE, dialects);
  }

  /// Starts on an empty store where approvals are asked for on these terms.
  public static GatewayFixture startOnTerms(
      ApprovalTerms terms,
      String policy,
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    InMemoryStore store = new InMemoryStore(InstantSource.system());
    return startOn(store, policy, terms, Others.NONE, Credentials.NONE, dialects);
  }

  /// Starts one whose callers show keys.
  public static GatewayFixture startKeyed(
      Credentials credentials, BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    InMemoryStore store = new InMemoryStore(InstantSource.system());
    return startOn(store, POLICY, ApprovalTerms.DEFAULT, Others.NONE, credentials, dialects);
  }

  private static GatewayFixture startOn(
      InMemoryStore store,
      String policy,
      ApprovalTerms terms,
      Others others,
      Credentials credentials,
      BiFunction<GatewayServices, JobArchive, List<Dialect>> dialects) {
    try {
      return new GatewayFixture(store, policy, terms, others, credentials, dialects);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A connection to the public port.
  public ManagedChannel channel() {
    return channel;
  }

  /// A connection to the internal port.
  public ManagedChannel internalChannel() {
    return internal;
  }

  /// Registers an executor inside the server.
  public BuiltInExecutor execute(
      String name, String route, int parallel, BuiltInExecutor.Task task) {
    BuiltInExecutor executor =
        new BuiltInExecutor(name, Set.of(route), parallel, task, writer, reports, blocking);
    executor.start();
    return executor;
  }

  /// The gateway itself, for tests of the listeners.
  public Gateway gateway() {
    return gateway;
  }

  /// What `/healthz` is to say from now on.
  public void setHealth(HealthView.Health health) {
    this.health = health;
  }

  public GatewayServices services() {
    return services;
  }

  public JobArchive archive() {
    return store.archive();
  }

  private void drain() {
    while (!stopping || writer.waiting() > 0) {
      if (!writer.drain()) {
        writer.await();
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    internal.shutdownNow();
    gateway.close();
    writer.close();
    stopping = true;
    writer.wake();
    try {
      draining.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delivery.shutdownNow();
    blocking.shutdownNow();
  }

  /// How governance stands from now on.
  public void governance(GovernanceStation station) {
    governance = station;
  }

  private final class CurrentGovernance implements GovernanceStation {
    @Override
    public Optional<Problem> refusal(RegisteredAction action) {
      return governance.refusal(action);
    }

    @Override
    public GenomeInForce genome() {
      return governance.genome();
    }
  }
}
