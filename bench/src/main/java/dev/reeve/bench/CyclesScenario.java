package dev.reeve.bench;

import dev.reeve.testing.PostgresServer;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Durable cycles per second: submit, echo, done, seen by a watcher. Client, worker, server and
/// database share the machine.
final class CyclesScenario implements Scenario {
  private static final int[] WINDOWS = {64, 256, 1024};
  private static final int WARM_UP_WINDOW = 64;
  private static final int CONNECTIONS = 2;
  private static final double PEER_WARM_UP_SECONDS = 8;

  /// By then both JVMs have compiled what is hot; on a busy machine that takes longer.
  private static final int WARM_UP_CYCLES = 60_000;

  private static final int WARM_UP_SECONDS_MAX = 40;
  private static final int ROUNDS = 3;
  private static final double ROUND_SECONDS = 2;

  /// Who runs the jobs.
  private enum Executor {
    ECHO("job.echo"),
    WORKER("job.default");

    private final String topic;

    Executor(String topic) {
      this.topic = topic;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String name() {
    return "cycles";
  }

  @Override
  public void run(Report report) throws Exception {
    double flushes = Limits.appendAndFlush();
    report.add(Figure.of("cycles.limit.append_flush", flushes, "records/s"));
    OptionalDouble peer = OptionalDouble.empty();
    if (report.wants(name() + ".peer")) {
      peer = OptionalDouble.of(peer());
      report.add(Figure.of("cycles.peer.db_scheduler", peer.getAsDouble(), "cycles/s"));
    }
    for (Server.Kind kind : Server.Kind.values()) {
      for (Executor executor : Executor.values()) {
        String name = name() + "." + kind.label() + "." + executor.label();
        if (report.wants(name)) {
          measure(report, name, kind, executor, peer);
        }
      }
    }
  }

  private static void measure(
      Report report, String name, Server.Kind kind, Executor executor, OptionalDouble peer)
      throws InterruptedException {
    try (Server server = Server.start(kind, name);
        Client client = new Client(server.address())) {
      var failure = new Failure();
      ClosedLoop loop = loop(client, executor, failure);
      Machine machine = new Machine();
      double best = 0;
      int window = WARM_UP_WINDOW;
      loop.widen(WARM_UP_WINDOW);
      WarmUp.run(loop, WARM_UP_CYCLES, WARM_UP_SECONDS_MAX);

      for (int next : WINDOWS) {
        loop.widen(next - window);
        double _ = loop.rate(ROUND_SECONDS);
        window = next;
        double rate = loop.medianRate(ROUNDS, ROUND_SECONDS);
        best = Math.max(best, rate);
        report.add(Figure.of(name + ".w" + window, rate, "cycles/s"));
        cpu(report, name + ".w" + window, server, loop);
      }
      loop.stop();
      double calls = Limits.emptyCalls(server.address(), WINDOWS[1]);
      report.add(Figure.of(name + ".limit.empty_call", calls, "calls/s"));
      Figure figure = Figure.of(name, best, "cycles/s").withLimit(calls);
      report.add(peer.isPresent() ? figure.withPeer(peer.getAsDouble()) : figure);
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    }
  }

  /// Processor time per cycle: hardly moved by what else the machine does.
  private static void cpu(Report report, String name, Server server, ClosedLoop loop)
      throws InterruptedException {
    double serverBefore = server.cpuSeconds();
    double clientBefore = Machine.cpuSeconds();
    long endedBefore = loop.count();
    double _ = loop.rate(ROUND_SECONDS);
    double cycles = loop.count() - endedBefore;
    report.add(
        Figure.of(name + ".cpu_server", (server.cpuSeconds() - serverBefore) * 1e6 / cycles, "us"));
    report.add(
        Figure.of(
            name + ".cpu_client", (Machine.cpuSeconds() - clientBefore) * 1e6 / cycles, "us"));
  }

  private static ClosedLoop loop(Client client, Executor executor, Failure failure)
      throws InterruptedException {
    SubmitJobRequest job = Client.job(executor.topic);
    List<JobServiceGrpc.JobServiceStub> stubs = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      stubs.add(client.jobs());
    }
    AtomicInteger turn = new AtomicInteger();
    ClosedLoop loop =
        new ClosedLoop(
            () ->
                stubs
                    .get(turn.getAndIncrement() & (CONNECTIONS - 1))
                    .submitJob(job, Calls.observer(_ -> {}, failure::is)),
            failure);
    if (executor == Executor.WORKER) {
      EchoWorker.start(client, executor.topic, WINDOWS[WINDOWS.length - 1], failure);
    }
    TenantWatch.open(
        client,
        executor.topic,
        event -> {
          if (event.getTerminal()) {
            loop.ended();
          }
        },
        failure);
    return loop;
  }

  /// The peer's own best: as many submitters as it has executors, each waiting for its commit.
  private static double peer() throws Exception {
    var failure = new Failure();
    Semaphore room = new Semaphore(WINDOWS[1]);
    ClosedLoop loop = new ClosedLoop(room::release, failure);
    try (DbSchedulerPeer peer =
            new DbSchedulerPeer(PostgresServer.shared().createDatabase(), loop::ended);
        ExecutorService submitters = Executors.newFixedThreadPool(DbSchedulerPeer.submitters())) {
      for (int i = 0; i < DbSchedulerPeer.submitters(); i++) {
        submitters.execute(() -> submitAll(peer, room, failure));
      }
      double _ = loop.rate(PEER_WARM_UP_SECONDS);
      double rate = loop.medianRate(ROUNDS, ROUND_SECONDS);
      submitters.shutdownNow();
      return rate;
    }
  }

  private static void submitAll(DbSchedulerPeer peer, Semaphore room, Failure failure) {
    try {
      while (true) {
        room.acquire();
        peer.submit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.is(e);
    }
  }
}
