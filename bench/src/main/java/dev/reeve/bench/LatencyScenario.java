package dev.reeve.bench;

import com.google.protobuf.Timestamp;
import dev.reeve.testing.Await;
import dev.reeve.testing.PostgresServer;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Latencies at 1,000 submits a second that come when they come. `ack`: from the moment a submit is
/// due until its answer. `watch`: from the time stamped on a group of events, before its commit,
/// until a watcher of the tenant has the event.
final class LatencyScenario implements Scenario {
  private static final int PER_SECOND = 1_000;
  private static final double WARM_UP_SECONDS = 6;
  private static final double SETTLE_SECONDS = 2;
  private static final double SECONDS = 12;
  private static final int WARM_UP_WINDOW = 64;
  private static final String TOPIC = "job.echo";

  private final boolean watch;

  private LatencyScenario(boolean watch) {
    this.watch = watch;
  }

  static LatencyScenario ack() {
    return new LatencyScenario(false);
  }

  static LatencyScenario watch() {
    return new LatencyScenario(true);
  }

  @Override
  public String name() {
    return watch ? "watch" : "ack";
  }

  @Override
  public void run(Report report) throws Exception {
    Latencies peer = watch ? new Latencies(1) : peer();
    for (Server.Kind kind : Server.Kind.values()) {
      String name = name() + "." + kind.label();
      if (report.wants(name)) {
        measure(report, name, kind, peer);
      }
    }
  }

  private void measure(Report report, String name, Server.Kind kind, Latencies peer)
      throws InterruptedException {
    try (Server server = Server.start(kind, name);
        Client client = new Client(server.address())) {
      var failure = new Failure();
      Submits submits = submits(client, failure);
      report.add(Figure.of(name + ".others", submits.coresOfOthers(), "cores"));
      Latencies limit = emptyCalls(client, failure);
      report(report, name, watch ? submits.events() : submits.answers(), limit, peer);
    }
  }

  /// What `ack` measures, on a server of its own.
  static Latencies answers(Server.Kind kind, String name) throws InterruptedException {
    try (Server server = Server.start(kind, name);
        Client client = new Client(server.address())) {
      return submits(client, new Failure()).answers();
    }
  }

  /// @param answers from when a submit was due
  /// @param events from the time stamped on them
  private record Submits(Latencies answers, Latencies events, double coresOfOthers) {}

  private static Submits submits(Client client, Failure failure) throws InterruptedException {
    Latencies answers = new Latencies((int) (PER_SECOND * SECONDS));
    Latencies events = new Latencies((int) (PER_SECOND * SECONDS * 4));
    boolean[] measuring = new boolean[1];
    ClosedLoop warmUp = warmUp(client, failure, event -> note(event, events, measuring));
    double _ = warmUp.rate(WARM_UP_SECONDS);
    warmUp.stop();
    JobServiceGrpc.JobServiceStub jobs = client.jobs();
    SubmitJobRequest job = Client.job(TOPIC);
    Latencies dropped = new Latencies(0);
    OpenLoop.run(PER_SECOND, SETTLE_SECONDS, due -> submit(jobs, job, due, dropped, failure));
    Machine machine = new Machine();
    measuring[0] = true;
    OpenLoop.run(PER_SECOND, SECONDS, due -> submit(jobs, job, due, answers, failure));
    measuring[0] = false;
    awaitAll(answers, failure);
    return new Submits(answers, events, machine.coresOfOthers());
  }

  private static void report(
      Report report, String name, Latencies ours, Latencies limit, Latencies peer) {
    for (double quantile : new double[] {0.5, 0.99, 0.999}) {
      String label = quantile == 0.5 ? "p50" : quantile == 0.99 ? "p99" : "p999";
      Figure figure =
          Figure.of(name + "." + label, ours.millis(quantile), "ms")
              .withLimit(limit.millis(quantile));
      report.add(peer.count() > 0 ? figure.withPeer(peer.millis(quantile)) : figure);
    }
  }

  private static ClosedLoop warmUp(Client client, Failure failure, Consumer<JobEvent> also)
      throws InterruptedException {
    JobServiceGrpc.JobServiceStub jobs = client.jobs();
    SubmitJobRequest job = Client.job(TOPIC);
    ClosedLoop loop =
        new ClosedLoop(() -> jobs.submitJob(job, Calls.observer(_ -> {}, failure::is)), failure);
    TenantWatch.open(
        client,
        TOPIC,
        event -> {
          also.accept(event);
          if (event.getTerminal()) {
            loop.ended();
          }
        },
        failure);
    loop.widen(WARM_UP_WINDOW);
    return loop;
  }

  private static void note(JobEvent event, Latencies events, boolean[] measuring) {
    if (measuring[0]) {
      Timestamp time = event.getTime();
      Instant stamped = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
      events.add(Duration.between(stamped, Instant.now()).toNanos());
    }
  }

  private static void submit(
      JobServiceGrpc.JobServiceStub jobs,
      SubmitJobRequest job,
      long due,
      Latencies answers,
      Failure failure) {
    jobs.submitJob(job, Calls.observer(_ -> answers.add(System.nanoTime() - due), failure::is));
  }

  private static Latencies emptyCalls(Client client, Failure failure) {
    HealthGrpc.HealthStub health = client.health();
    HealthCheckRequest request = HealthCheckRequest.getDefaultInstance();
    Supplier<Latencies> run =
        () -> {
          Latencies answers = new Latencies((int) (PER_SECOND * SETTLE_SECONDS));
          OpenLoop.run(
              PER_SECOND,
              SETTLE_SECONDS,
              due ->
                  health.check(
                      request,
                      Calls.observer(_ -> answers.add(System.nanoTime() - due), failure::is)));
          awaitAll(answers, failure);
          return answers;
        };
    Latencies _ = run.get();
    return run.get();
  }

  private static void awaitAll(Latencies answers, Failure failure) {
    Await.until(
        "an answer to every call",
        () -> {
          failure.check();
          return answers.isFull();
        });
  }

  /// The peer's insert, committed, at the same rate.
  private static Latencies peer() throws Exception {
    Latencies answers = new Latencies((int) (PER_SECOND * SECONDS));
    try (DbSchedulerPeer peer =
            new DbSchedulerPeer(PostgresServer.shared().createDatabase(), () -> {});
        ExecutorService submitters = Executors.newFixedThreadPool(DbSchedulerPeer.submitters())) {
      Latencies dropped = new Latencies(0);
      OpenLoop.run(PER_SECOND, WARM_UP_SECONDS, due -> insert(submitters, peer, due, dropped));
      OpenLoop.run(PER_SECOND, SECONDS, due -> insert(submitters, peer, due, answers));
      Await.until("every insert", Duration.ofSeconds(60), answers::isFull);
    }
    return answers;
  }

  private static void insert(
      ExecutorService submitters, DbSchedulerPeer peer, long due, Latencies answers) {
    submitters.execute(() -> {
      peer.submit();
      answers.add(System.nanoTime() - due);
    });
  }
}
