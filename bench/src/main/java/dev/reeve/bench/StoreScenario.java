package dev.reeve.bench;

import dev.reeve.engine.port.StoreException;
import dev.reeve.store.OpenStore;
import dev.reeve.store.Stores;
import dev.reeve.testing.PostgresServer;
import dev.reeve.testing.TempDirs;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;

/// How fast a store takes short jobs without anything around it: groups of 64 and of 256 commands,
/// half of them submits and half the ends of the jobs of the group before, committed one after the
/// other.
final class StoreScenario implements Scenario {
  private static final int[] SIZES = {32, 128};
  private static final int WARM_UP_JOBS = 30_000;
  private static final int COMMITS_MAX = 200_000;
  private static final double SECONDS = 6;

  @Override
  public String name() {
    return "store";
  }

  @Override
  public void run(Report report) throws Exception {
    for (Server.Kind kind : Server.Kind.values()) {
      String name = name() + "." + kind.label();
      if (!report.wants(name)) {
        continue;
      }
      double flushes = Limits.appendAndFlush();
      for (int size : SIZES) {
        Path folder = TempDirs.create("bench-store");
        try (OpenStore store = open(kind, folder)) {
          measure(report, name + ".g" + 2 * size, size, store, flushes);
        } finally {
          TempDirs.delete(folder);
        }
      }
    }
  }

  static OpenStore open(Server.Kind kind, Path folder) throws StoreException {
    return switch (kind) {
      case SQLITE -> Stores.sqlite(folder, InstantSource.system());
      case POSTGRESQL ->
          Stores.postgres(
              PostgresServer.shared().createDatabase().url(), "bench", InstantSource.system());
    };
  }

  private static void measure(Report report, String name, int size, OpenStore store, double flushes)
      throws StoreException {
    SampleGroups groups = new SampleGroups(size);
    for (int i = 0; i < WARM_UP_JOBS / size; i++) {
      store.log().commit(groups.after(store.log().head()));
    }
    Latencies latencies = new Latencies(COMMITS_MAX);
    long cpuBefore = cpuNanos();
    long start = System.nanoTime();
    while (System.nanoTime() - start < SECONDS * 1e9 && !latencies.isFull()) {
      var commit = groups.after(store.log().head());
      long before = System.nanoTime();
      store.log().commit(commit);
      latencies.add(System.nanoTime() - before);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double jobs = latencies.count() * (double) size;
    // Two commands a job: what an append of as many records takes, in groups of 64.
    report.add(Figure.of(name, jobs / seconds, "jobs/s").withLimit(flushes / 2));
    report.add(Figure.of(name + ".cpu", (cpuNanos() - cpuBefore) / 1e3 / jobs, "us/job"));
    report.add(Figure.of(name + ".commit.p50", latencies.millis(0.5), "ms"));
    report.add(Figure.of(name + ".commit.p99", latencies.millis(0.99), "ms"));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
