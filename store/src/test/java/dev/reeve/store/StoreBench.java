package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import dev.reeve.testing.PostgresServer;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// How fast a store takes short jobs: groups of 64 commands, half of them submits and half the ends
/// of the jobs of the group before, beside the raw limit of the same disk in the same run.
///
/// Arguments: `sqlite` or `postgres`, seconds, `keys` for an idempotency key per job. Prints one
/// line a second and one for the whole.
public final class StoreBench {
  private static final int JOBS_PER_GROUP = 32;
  private static final int LATENCIES_MAX = 1_000_000;
  private static final String LETTERS = "{\"abcdefghij\":0123456789,}";

  private final Random random = new Random(1);
  private final Bytes admission = bytes(430);
  private final Bytes firstEvents = bytes(260);
  private final Bytes payload = bytes(120);
  private final Bytes segment = bytes(420);
  private final Bytes outcome = bytes(130);
  private final Bytes result = bytes(100);
  private final Bytes frontier = bytes(600);
  private final Bytes journal = bytes(64 * 330);
  private final boolean keys;

  private StoreBench(boolean keys) {
    this.keys = keys;
  }

  public static void main(String[] args) throws Exception {
    boolean keys = List.of(args).contains("keys");
    int seconds = Integer.parseInt(args[1]);
    Path folder = TempDirs.create("bench");
    System.out.printf("raw append + flush of 64 KiB: %.0f/s%n", rawFlushesPerSecond(folder));
    try (OpenStore store = open(args[0], folder)) {
      new StoreBench(keys).run(store, seconds);
    } finally {
      TempDirs.delete(folder);
    }
    System.exit(0);
  }

  private static OpenStore open(String kind, Path folder) throws StoreException {
    return switch (kind) {
      case "sqlite" -> Stores.sqlite(folder, InstantSource.system());
      case "postgres" ->
          Stores.postgres(
              PostgresServer.shared().createDatabase().url(), "bench", InstantSource.system());
      default -> throw new IllegalArgumentException("store: " + kind);
    };
  }

  private void run(OpenStore store, int seconds) throws StoreException {
    long[] latencies = new long[LATENCIES_MAX];
    int commits = 0;
    long start = System.nanoTime();
    long cpuStart = cpuNanos();
    long mark = start;
    int commitsAtMark = 0;
    while (System.nanoTime() - start < seconds * 1_000_000_000L && commits < LATENCIES_MAX) {
      Commit commit = group(store.log().head());
      long before = System.nanoTime();
      store.log().commit(commit);
      long after = System.nanoTime();
      latencies[commits++] = after - before;
      if (after - mark > 1_000_000_000L) {
        print(latencies, commitsAtMark, commits, after - mark);
        mark = after;
        commitsAtMark = commits;
      }
    }
    long nanos = System.nanoTime() - start;
    System.out.printf(
        "writer cpu %.1f us/job; all: ",
        (cpuNanos() - cpuStart) / 1e3 / (commits * (double) JOBS_PER_GROUP));
    print(latencies, 0, commits, nanos);
  }

  private void print(long[] latencies, int from, int to, long nanos) {
    long[] sorted = Arrays.copyOfRange(latencies, from, to);
    Arrays.sort(sorted);
    double inStore = Arrays.stream(sorted).sum() / 1e3 / ((to - from) * (double) JOBS_PER_GROUP);
    double perSecond = (to - from) * 1e9 / nanos;
    System.out.printf(
        "%.0f commits/s %.0f jobs/s %.0f rows/s; %.1f us/job in store; p50 %.2f p99 %.2f max %.1f"
            + " ms%n",
        perSecond,
        perSecond * JOBS_PER_GROUP,
        perSecond * (JOBS_PER_GROUP * (keys ? 4 : 3) + 2),
        inStore,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }

  /// Admits a group of jobs and ends the group before it.
  private Commit group(LogHead head) {
    long first = head.nextJobNo();
    List<Commit.JobRow> jobs = new ArrayList<>();
    List<Commit.KeyRow> keyRows = new ArrayList<>();
    List<Commit.SegmentRow> segments = new ArrayList<>();
    List<Commit.OutcomeRow> outcomes = new ArrayList<>();
    long now = head.nowMicros() + 1_000;
    for (long jobNo = first; jobNo < first + JOBS_PER_GROUP; jobNo++) {
      String id = Ids.uuidV7(now, random.nextLong(), random.nextLong()).toString();
      jobs.add(
          new Commit.JobRow(jobNo, new JobKey("default", id), admission, firstEvents, payload));
      if (keys) {
        String key = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        keyRows.add(
            new Commit.KeyRow(
                new IdempotencyScope("default", "", "cordum", key),
                Sha256.of(Bytes.utf8(key)),
                jobNo,
                id,
                now + 86_400_000_000L));
      }
      long ended = jobNo - JOBS_PER_GROUP;
      if (ended > 0) {
        segments.add(new Commit.SegmentRow(ended, 3, segment));
        outcomes.add(new Commit.OutcomeRow(ended, StateName.COMPLETED, now, outcome, result));
      }
    }
    LogHead after =
        new LogHead(
            head.position() + 1,
            head.epoch(),
            now,
            first + JOBS_PER_GROUP,
            head.leafCount() + 64,
            frontier);
    return new Commit(
        head, after, journal, jobs, segments, outcomes, keyRows, List.of(), List.of());
  }

  private static double rawFlushesPerSecond(Path folder) throws IOException {
    int flushes = 500;
    ByteBuffer block = ByteBuffer.allocateDirect(64 * 1024);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (int i = 0; i < flushes; i++) {
        file.write(block.clear());
        file.force(false);
      }
      return flushes * 1e9 / (System.nanoTime() - start);
    }
  }

  private Bytes bytes(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      // Text of few letters, so that it compresses about as JSON does.
      content[i] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return Bytes.wrap(content);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
