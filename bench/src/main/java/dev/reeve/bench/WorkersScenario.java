package dev.reeve.bench;

import dev.reeve.bus.BusLimits;
import dev.reeve.bus.NatsBus;
import dev.reeve.bus.NatsSettings;
import dev.reeve.service.bus.Bus;
import dev.reeve.testing.NatsServer;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Echoes per second by a worker of each protocol: a job is submitted and committed, goes to the
/// worker, comes back, ends, and its end reaches a watcher. Client, worker, broker and server share
/// the machine.
final class WorkersScenario implements Scenario {
  private static final String TOPIC = "job.default";
  private static final int CONNECTIONS = 2;
  private static final int[] WINDOWS = {256, 1_024};
  private static final int PARALLEL = 1_024;
  private static final int STRETCH_CYCLES = 30_000;
  private static final int STRETCH_SECONDS_MAX = 15;
  private static final double COMPILING_CORES_MAX = 0.05;
  private static final int ROUNDS = 5;
  private static final double ROUND_SECONDS = 2;
  private static final int CONNECT_TRIES_MAX = 100;

  /// A protocol between server and worker.
  private enum Protocol {
    STREAM,
    CAP,
    BEAMLINE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Starts a worker; returns when jobs may be submitted.
  private interface Start {
    AutoCloseable worker(Failure failure) throws InterruptedException;
  }

  @Override
  public String name() {
    return "workers";
  }

  @Override
  public void run(Report report) throws Exception {
    for (Protocol protocol : Protocol.values()) {
      String name = name() + "." + protocol.label();
      if (report.wants(name)) {
        switch (protocol) {
          case STREAM -> stream(report, name);
          case CAP, BEAMLINE -> onBus(report, name, protocol);
        }
      }
    }
  }

  private static void stream(Report report, String name) throws Exception {
    try (Server server = Server.start(Server.Kind.SQLITE, name);
        Client client = new Client(server.address())) {
      measure(
          report,
          name,
          server,
          client,
          failure -> {
            EchoWorker.start(client, TOPIC, PARALLEL, failure);
            return () -> {};
          });
    }
  }

  private static void onBus(Report report, String name, Protocol protocol) throws Exception {
    try (NatsServer broker = NatsServer.start()) {
      Map<String, String> settings = Map.of("REEVE_NATS_URL", broker.uri().toString());
      try (Server server = Server.start(Server.Kind.SQLITE, settings, name);
          Bus bus = NatsBus.open(NatsSettings.of(broker.uri()), BusLimits.standard());
          Client client = new Client(server.address())) {
        for (int i = 0; i < CONNECT_TRIES_MAX && !bus.health().complaint().isEmpty(); i++) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
        measure(
            report,
            name,
            server,
            client,
            failure ->
                protocol == Protocol.CAP
                    ? CapEchoWorker.start(bus, TOPIC, PARALLEL, failure)
                    : BeamlineEchoWorker.start(bus, TOPIC, PARALLEL, failure));
      }
    }
  }

  private static void measure(Report report, String name, Server server, Client client, Start start)
      throws Exception {
    var failure = new Failure();
    try (AutoCloseable _ = start.worker(failure)) {
      ClosedLoop loop = loop(client, failure);
      Machine machine = new Machine();
      int inFlight = 0;
      double best = 0;
      for (int window : WINDOWS) {
        loop.widen(window - inFlight);
        inFlight = window;
        WarmUp.untilCompilersRest(
            server,
            COMPILING_CORES_MAX,
            () -> WarmUp.stretch(loop, STRETCH_CYCLES, STRETCH_SECONDS_MAX));
        double _ = loop.rate(ROUND_SECONDS);
        best = Math.max(best, rate(report, name + ".w" + window, server, loop));
      }
      report.add(Figure.of(name, best, "cycles/s"));
      loop.stop();
      report.add(Figure.of(name + ".others", machine.coresOfOthers(), "cores"));
    }
  }

  private static double rate(Report report, String name, Server server, ClosedLoop loop)
      throws InterruptedException {
    double serverBefore = server.cpuSeconds();
    double clientBefore = Machine.cpuSeconds();
    long endedBefore = loop.count();
    double rate = loop.medianRate(ROUNDS, ROUND_SECONDS);
    double cycles = loop.count() - endedBefore;
    report.add(Figure.of(name, rate, "cycles/s"));
    report.add(
        Figure.of(name + ".cpu_server", (server.cpuSeconds() - serverBefore) * 1e6 / cycles, "us"));
    report.add(
        Figure.of(
            name + ".cpu_client", (Machine.cpuSeconds() - clientBefore) * 1e6 / cycles, "us"));
    return rate;
  }

  private static ClosedLoop loop(Client client, Failure failure) throws InterruptedException {
    SubmitJobRequest job = Client.job(TOPIC);
    List<JobServiceGrpc.JobServiceStub> stubs =
        Stream.generate(client::jobs).limit(CONNECTIONS).toList();
    AtomicInteger turn = new AtomicInteger();
    ClosedLoop loop =
        new ClosedLoop(
            () ->
                stubs
                    .get(turn.getAndIncrement() & (CONNECTIONS - 1))
                    .submitJob(job, Calls.observer(_ -> {}, failure::is)),
            failure);
    TenantWatch.open(
        client,
        TOPIC,
        event -> {
          if (event.getTerminal()) {
            loop.ended();
          }
        },
        failure);
    return loop;
  }
}
