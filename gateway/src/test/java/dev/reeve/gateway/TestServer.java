package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.policy.PolicyFile;
import dev.reeve.service.AwaitJob;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.CancelJob;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.ExecutionReports;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.JobReader;
import dev.reeve.service.ListJobs;
import dev.reeve.service.OutputReview;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SubmitJob;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WorkerDesk;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A whole server over a store in memory: real chain, real ports on loopback, no disk.
public final class TestServer implements AutoCloseable {
  private final ExecutorService delivery = Executors.newSingleThreadExecutor();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread drain;
  private final Writer writer;
  private final ExecutionReports reports;
  private final Gateway gateway;
  private final ManagedChannel channel;
  private final ManagedChannel internal;
  private volatile boolean stopping;

  private TestServer(InMemoryStore store, String policy, Function<GatewayServices, Dialect> dialect)
      throws StoreException {
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new java.security.SecureRandom();
    RulesInForce rules = new RulesInForce();
    rules.replace(PolicyFile.load(Bytes.utf8(policy)).orThrow("policy"));
    JobLog log = store.open();
    Tail tail = new Tail(1 << 20);
    writer =
        Writer.open(
            new WriterPorts(log, clock, System::nanoTime, random, delivery, blocking, rules),
            EngineLimits.DEFAULT,
            tail);
    JobArchive archive = store.archive();
    JobReader reader = new JobReader(writer.table(), archive, blocking);
    reports =
        new ExecutionReports(
            writer, archive, store.blobs(), OutputReview.RELEASE_ALL, blocking, random);
    GatewayServices services =
        new GatewayServices(
            new SubmitJob(writer, rules, reader, store.blobs(), clock, random),
            new CancelJob(writer),
            reader,
            new ListJobs(archive, reader),
            new WatchJob(reader, archive, tail, blocking),
            new AwaitJob(reader, tail),
            new ExplainJob(writer, reader, clock),
            new DecideApproval(writer, reader, rules),
            new WorkerDesk(writer, reports),
            rules,
            writer,
            clock,
            blocking);
    drain = Thread.ofPlatform().name("writer").start(this::drain);
    gateway =
        Gateway.start(
            GatewayConfig.of("127.0.0.1", 0, 0, Optional.of(0), 64, Duration.ofMillis(200)),
            services,
            List.of(dialect.apply(services)),
            () -> HealthView.Health.OK);
    channel = channel(gateway.grpcPort());
    internal = channel(gateway.internalPort().orElseThrow());
  }

  /// Starts on an empty store.
  public static TestServer start(String policy, Function<GatewayServices, Dialect> dialect) {
    return startOn(new InMemoryStore(InstantSource.system()), policy, dialect);
  }

  /// Starts on what an earlier server left behind.
  public static TestServer startOn(
      InMemoryStore store, String policy, Function<GatewayServices, Dialect> dialect) {
    try {
      return new TestServer(store, policy, dialect);
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Registers an executor inside the server.
  public BuiltInExecutor execute(
      String name, String route, int parallel, BuiltInExecutor.Task task) {
    BuiltInExecutor executor =
        new BuiltInExecutor(name, Set.of(route), parallel, task, writer, reports, blocking);
    executor.start();
    return executor;
  }

  /// A connection to the public port.
  public ManagedChannel channel() {
    return channel;
  }

  /// A connection to the internal port.
  public ManagedChannel internalChannel() {
    return internal;
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
      drain.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delivery.shutdownNow();
    blocking.shutdownNow();
  }

  private void drain() {
    while (!stopping || writer.waiting() > 0) {
      if (!writer.drain()) {
        writer.await();
      }
    }
  }

  private static ManagedChannel channel(int port) {
    return ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }
}
