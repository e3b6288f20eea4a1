package dev.reeve.bench;

import dev.reeve.testing.Await;
import dev.reeve.testing.HeapProbe;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.WatchFilter;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Memory of streams: 10,000 idle watchers on a server with a heap of 512 MB, and what a watcher
/// costs that reads nothing while others go on.
final class WatchersScenario implements Scenario {
  private static final int WATCHERS = 10_000;
  private static final int CONNECTIONS = 20;
  private static final int STALLED = 64;

  /// Fewer than the 10,000 after which a stalled stream is refused.
  private static final int JOBS_WHILE_STALLED = 8_000;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "watchers";
  }

  @Override
  public void run(Report report) throws Exception {
    try (Server server = Server.start(Server.Kind.SQLITE, "-Xmx512m", "watchers")) {
      idle(report, server);
    }
    try (Server server = Server.start(Server.Kind.SQLITE, "-Xmx512m", "stalled")) {
      stalled(report, server);
    }
  }

  /// Each watcher watches a job of its own, which waits for a worker. At the end a worker comes,
  /// and every watcher must see its job through.
  private static void idle(Report report, Server server) throws Exception {
    try (Client client = new Client(server.address())) {
      var failure = new Failure();
      Queue<String> ids = submit(client, failure);
      long before = HeapProbe.liveBytes(server.pid());
      List<JobServiceGrpc.JobServiceStub> stubs = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        stubs.add(client.jobs());
      }
      AtomicInteger started = new AtomicInteger();
      AtomicInteger finished = new AtomicInteger();
      int next = 0;
      for (String id : ids) {
        watch(stubs.get(next++ % CONNECTIONS), id, started, finished, failure);
      }
      await("the first event of every watcher", failure, () -> started.get() >= WATCHERS);
      long after = HeapProbe.liveBytes(server.pid());
      report.add(Figure.of("watchers.idle", WATCHERS, "streams"));
      report.add(Figure.of("watchers.heap_all", after / 1e6, "MB"));
      report.add(Figure.of("watchers.heap_each", (after - before) / (double) WATCHERS, "bytes"));
      report.add(Figure.of("watchers.resident", server.residentBytes() / 1e6, "MB"));
      long start = System.nanoTime();
      EchoWorker.start(client, "job.default", 256, failure);
      await("the end of every watch", failure, () -> finished.get() >= WATCHERS);
      report.add(
          Figure.of(
              "watchers.finished", WATCHERS / ((System.nanoTime() - start) / 1e9), "streams/s"));
    }
  }

  private static Queue<String> submit(Client client, Failure failure) {
    JobServiceGrpc.JobServiceStub jobs = client.jobs();
    SubmitJobRequest job = Client.job("job.default");
    Queue<String> ids = new ConcurrentLinkedQueue<>();
    AtomicInteger left = new AtomicInteger(WATCHERS);
    for (int i = 0; i < 64; i++) {
      submitNext(jobs, job, ids, left, failure);
    }
    await("every submit", failure, () -> ids.size() == WATCHERS);
    return ids;
  }

  private static void submitNext(
      JobServiceGrpc.JobServiceStub jobs,
      SubmitJobRequest job,
      Queue<String> ids,
      AtomicInteger left,
      Failure failure) {
    if (left.getAndDecrement() > 0) {
      jobs.submitJob(
          job,
          Calls.<SubmitJobResponse>observer(
              answer -> {
                ids.add(answer.getJob().getJobId());
                submitNext(jobs, job, ids, left, failure);
              },
              failure::is));
    }
  }

  private static void watch(
      JobServiceGrpc.JobServiceStub jobs,
      String id,
      AtomicInteger started,
      AtomicInteger finished,
      Failure failure) {
    WatchJobsRequest request =
        WatchJobsRequest.newBuilder().addJobs(JobCursor.newBuilder().setJobId(id)).build();
    jobs.watchJobs(
        request,
        Calls.<WatchJobsResponse>observer(
            response -> {
              if (response.getEvent().getEventSeq() == 1) {
                started.incrementAndGet();
              }
              if (response.getEvent().getTerminal()) {
                finished.incrementAndGet();
              }
            },
            failure::is));
  }

  /// What survives collections after the same work, without stalled watchers and with them.
  private static void stalled(Report report, Server server) throws Exception {
    try (Client client = new Client(server.address())) {
      var failure = new Failure();
      AtomicInteger ended = new AtomicInteger();
      JobServiceGrpc.JobServiceStub jobs = client.jobs();
      TenantWatch.open(
          client,
          "job.echo",
          event -> {
            if (event.getTerminal()) {
              ended.incrementAndGet();
            }
          },
          failure);
      double alone = cycles(jobs, ended, failure);
      long before = HeapProbe.liveBytes(server.pid());
      for (int i = 0; i < STALLED; i++) {
        stall(client);
      }
      double beside = cycles(jobs, ended, failure);
      long after = HeapProbe.liveBytes(server.pid());
      report.add(
          Figure.of(
              "watchers.stalled_each", Math.max(0, after - before) / (double) STALLED, "bytes"));
      report.add(Figure.of("watchers.cycles_beside_stalled", beside, "cycles/s").withLimit(alone));
    }
  }

  private static double cycles(
      JobServiceGrpc.JobServiceStub jobs, AtomicInteger ended, Failure failure) {
    SubmitJobRequest job = Client.job("job.echo");
    int target = ended.get() + JOBS_WHILE_STALLED;
    Queue<String> ids = new ConcurrentLinkedQueue<>();
    AtomicInteger left = new AtomicInteger(JOBS_WHILE_STALLED);
    long start = System.nanoTime();
    for (int i = 0; i < 64; i++) {
      submitNext(jobs, job, ids, left, failure);
    }
    await("the end of every job", failure, () -> ended.get() >= target);
    return JOBS_WHILE_STALLED * 1e9 / (System.nanoTime() - start);
  }

  /// Watches the tenant and reads one event only.
  private static void stall(Client client) {
    client
        .jobs()
        .watchJobs(
            WatchJobsRequest.newBuilder()
                .setFilter(WatchFilter.newBuilder().setTopic("job.echo"))
                .build(),
            new ClientResponseObserver<WatchJobsRequest, WatchJobsResponse>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<WatchJobsRequest> call) {
                call.disableAutoRequestWithInitial(1);
              }

              @Override
              public void onNext(WatchJobsResponse response) {}

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            });
  }

  private static void await(String what, Failure failure, BooleanSupplier condition) {
    Await.until(
        what,
        PATIENCE,
        () -> {
          failure.check();
          return condition.getAsBoolean();
        });
  }
}
