package dev.reeve.bench;

import dev.reeve.testing.PostgresServer;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Durable cycles per second: submit, echo, done, seen by a watcher. Client, worker, server and
/// database share the machine.
final class CyclesScenario implements Scenario {
  private static final int[] WINDOWS = {64, 256, 1024};
  private static final int CONNECTIONS = 2;
  private static final double WARM_UP_SECONDS = 8;
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
  }

  @Override
  public String name() {
    return "cycles";
  }

  @Override
  public void run(Report report) throws Exception {
    double flushes = Limits.appendAndFlush();
    report.add(Figure.of("limit.append_flush", flushes, "records/s"));
    double peer = peer();
    report.add(Figure.of("peer.db_scheduler", peer, "cycles/s"));
    for (Server.Kind kind : Server.Kind.values()) {
      for (Executor executor : Executor.values()) {
        measure(report, kind, executor, peer);
      }
    }
  }

  private static void measure(Report report, Server.Kind kind, Executor executor, double peer)
      throws InterruptedException {
    String name = "cycles." + kind.label() + "." + executor.name().toLowerCase(Locale.ROOT);
    try (Server server = Server.start(kind, name);
        Client client = new Client(server.address())) {
      var failure = new TenantWatch.Failure();
      ClosedLoop loop = loop(client, executor, failure);
      Machine machine = new Machine();
      double best = 0;
      int window = 0;
      for (int next : WINDOWS) {
        loop.widen(next - window);
        double _ = loop.rate(window == 0 ? WARM_UP_SECONDS : ROUND_SECONDS);
        window = next;
        double rate = loop.medianRate(ROUNDS, ROUND_SECONDS);
        best = Math.max(best, rate);
        report.add(Figure.of(name + ".w" + window, rate, "cycles/s"));
      }
      loop.stop();
      double calls = Limits.emptyCalls(server.address(), WINDOWS[1]);
      report.add(Figure.of(name + ".limit.empty_call", calls, "calls/s"));
      report.add(Figure.of(name, best, "cycles/s").withLimit(calls).withPeer(peer));
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    }
  }

  private static ClosedLoop loop(Client client, Executor executor, TenantWatch.Failure failure)
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
    var failure = new TenantWatch.Failure();
    Semaphore room = new Semaphore(WINDOWS[1]);
    ClosedLoop loop = new ClosedLoop(room::release, failure);
    try (DbSchedulerPeer peer =
            new DbSchedulerPeer(PostgresServer.shared().createDatabase(), loop::ended);
        ExecutorService submitters = Executors.newFixedThreadPool(DbSchedulerPeer.submitters())) {
      for (int i = 0; i < DbSchedulerPeer.submitters(); i++) {
        submitters.execute(() -> submitAll(peer, room, failure));
      }
      double _ = loop.rate(WARM_UP_SECONDS);
      double rate = loop.medianRate(ROUNDS, ROUND_SECONDS);
      submitters.shutdownNow();
      return rate;
    }
  }

  private static void submitAll(DbSchedulerPeer peer, Semaphore room, TenantWatch.Failure failure) {
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
