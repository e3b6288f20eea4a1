package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LeafEncoder;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.store.OpenStore;
import dev.reeve.testing.TempDirs;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// What receipts cost: the time of a group of 64 commands, 32 submits and 32 ends, with them and
/// without, in turns and in the same store, so that both see the same machine. With them means:
/// leaves encoded and hashed, the tree grown, leaves and full tiles stored, and events that name
/// their leaf. And their share of the p99 of a submit, at most: beside a server of its own that
/// gets 1,000 a second.
final class ReceiptsScenario implements Scenario {
  private static final int JOBS = 32;
  private static final int RECEIPTS = 2 * JOBS;
  private static final int WARM_UP_GROUPS = 2_000;
  private static final int GROUPS_MAX = 200_000;
  private static final double SECONDS = 40;
  private static final double PERCENT_MAX = 10;

  /// A submit waits for its own group, and for what is left of the one that is being written.
  private static final int GROUPS_OF_A_SUBMIT = 2;

  private static final String GENOME = Sha256.of(Bytes.utf8("genome")).hex();

  private final TreeHasher hasher = TreeHasher.create();
  private final LeafEncoder encoder = new LeafEncoder();
  private final SplittableRandom random = new SplittableRandom(1);
  private MerkleFrontier frontier = MerkleFrontier.EMPTY;
  private List<Bytes> open = new ArrayList<>();
  private List<Commit.JobRow> ended = List.of();

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public void run(Report report) throws Exception {
    for (Server.Kind kind : Server.Kind.values()) {
      String name = name() + "." + kind.label();
      if (report.wants(name)) {
        Path folder = TempDirs.create("bench-receipts");
        try (OpenStore store = StoreScenario.open(kind, folder)) {
          frontier = MerkleFrontier.EMPTY;
          open = new ArrayList<>();
          double addedMillis = measure(report, name, store);
          double submitMillis = LatencyScenario.answers(kind, name).millis(0.99);
          report.add(Figure.of(name + ".submit.p99", submitMillis, "ms"));
          report.add(
              Figure.of(
                      name + ".submit.share.p99.most",
                      100 * GROUPS_OF_A_SUBMIT * addedMillis / submitMillis,
                      "percent")
                  .withLimit(PERCENT_MAX));
        } finally {
          TempDirs.delete(folder);
        }
      }
    }
  }

  /// @return what receipts add to the p99 of a group, in milliseconds
  private double measure(Report report, String name, OpenStore store) throws StoreException {
    SampleGroups groups = new SampleGroups(JOBS);
    Commit first = groups.after(store.log().head());
    store.log().commit(first);
    ended = first.jobs();
    Turns with = new Turns(store);
    Turns without = new Turns(store);
    for (int i = 0; i < WARM_UP_GROUPS; i++) {
      with.take(this::withReceipts, groups);
      without.take(this::withoutReceipts, groups);
    }
    with.forget();
    without.forget();
    long start = System.nanoTime();
    // Whoever is second in one round is first in the next.
    while (System.nanoTime() - start < SECONDS * 1e9 && !with.total.isFull()) {
      with.take(this::withReceipts, groups);
      without.take(this::withoutReceipts, groups);
      without.take(this::withoutReceipts, groups);
      with.take(this::withReceipts, groups);
    }
    report.add(Figure.of(name + ".with.p50", with.total.millis(0.5), "ms"));
    report.add(Figure.of(name + ".without.p50", without.total.millis(0.5), "ms"));
    report.add(Figure.of(name + ".with.p99", with.total.millis(0.99), "ms"));
    report.add(Figure.of(name + ".without.p99", without.total.millis(0.99), "ms"));
    report.add(
        Figure.of(
            name + ".making",
            (with.making.millis(0.5) - without.making.millis(0.5)) * 1e3 / RECEIPTS,
            "us/receipt"));
    report.add(Figure.of(name + ".stored", (double) with.journalBytes / RECEIPTS, "bytes/receipt"));
    report.add(Figure.of(name + ".cpu", with.cpuShare(without), "percent"));
    share(report, name + ".share.p50", PairedShare.of(with.total, without.total, 0.5));
    share(report, name + ".share.p99", PairedShare.of(with.total, without.total, 0.99));
    return with.total.millis(0.99) - without.total.millis(0.99);
  }

  private static void share(Report report, String name, PairedShare share) {
    report.add(Figure.of(name, share.percent(), "percent").withLimit(PERCENT_MAX));
    report.add(Figure.of(name + ".low", share.low(), "percent"));
    report.add(Figure.of(name + ".high", share.high(), "percent"));
  }

  /// Turns of one kind.
  private static final class Turns {
    private final OpenStore store;
    private Latencies total = new Latencies(GROUPS_MAX);
    private Latencies making = new Latencies(GROUPS_MAX);
    private long cpuNanos;
    private int journalBytes;

    private Turns(OpenStore store) {
      this.store = store;
    }

    private void take(UnaryOperator<Commit> kind, SampleGroups groups) throws StoreException {
      Commit rows = groups.after(store.log().head());
      long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long before = System.nanoTime();
      Commit commit = kind.apply(rows);
      making.add(System.nanoTime() - before);
      store.log().commit(commit);
      total.add(System.nanoTime() - before);
      cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore;
      journalBytes = commit.journal().size();
    }

    private void forget() {
      total = new Latencies(GROUPS_MAX);
      making = new Latencies(GROUPS_MAX);
      cpuNanos = 0;
    }

    /// Share of the processor time of the writer's thread.
    private double cpuShare(Turns without) {
      double mine = (double) cpuNanos / total.count();
      return 100 * (mine - (double) without.cpuNanos / without.total.count()) / mine;
    }
  }

  /// The rows alone: nothing is said of them in the journal but who changed, and no event names a
  /// receipt.
  private Commit withoutReceipts(Commit rows) {
    ended = rows.jobs();
    return replaced(
        SampleGroups.withoutLeafReferences(rows),
        JournalDocument.write(changed(rows), List.of()),
        List.of());
  }

  /// What the writer does for the receipts of a group: those of submits and of ends as they come.
  private Commit withReceipts(Commit rows) {
    List<Leaf> leaves = new ArrayList<>(RECEIPTS);
    List<Bytes> hashes = new ArrayList<>(RECEIPTS);
    int submits = 0;
    for (int i = 0; i < RECEIPTS; i++) {
      int ends = i - submits;
      boolean isSubmit = submits < JOBS && (ends == JOBS || random.nextBoolean());
      Leaf leaf =
          new Leaf(
              rows.after().position(),
              frontier.size() + i,
              rows.after().nowMicros(),
              isSubmit ? List.of(1L, 2L) : List.of(3L, 4L),
              isSubmit ? submitted(rows.jobs().get(submits)) : finished(ended.get(ends)));
      submits += isSubmit ? 1 : 0;
      leaves.add(leaf);
      hashes.add(encoder.hash(leaf, hasher));
    }
    frontier = frontier.append(hasher, hashes);
    ended = rows.jobs();
    return replaced(rows, JournalDocument.write(changed(rows), leaves), fullTiles(hashes));
  }

  private Receipt submitted(Commit.JobRow job) {
    return Receipt.of("action:job:submit", "allow")
        .withSubject("default", job.key().jobId(), "local-operator")
        .withRule(
            "default-work",
            "",
            "1:7ab9cd011eb111c2beb6275911fc82151325099a03682907d788ef36bf58794e")
        .withGenome(GENOME)
        .withInput(commitment(job));
  }

  private Receipt finished(Commit.JobRow job) {
    return Receipt.of("action:job:finish", "release")
        .withSubject("default", job.key().jobId(), "w1")
        .withGenome(GENOME)
        .withOutput(commitment(job));
  }

  /// A hash that no other job has; drawing it is not what is measured.
  private Bytes commitment(Commit.JobRow job) {
    ByteBuffer hash = ByteBuffer.allocate(Sha256.LENGTH);
    while (hash.hasRemaining()) {
      hash.putLong(random.nextLong() ^ job.jobNo());
    }
    return Bytes.wrap(hash.array());
  }

  private List<Commit.TileRow> fullTiles(List<Bytes> hashes) {
    open.addAll(hashes);
    if (open.size() < HashTile.WIDTH) {
      return List.of();
    }
    long number = frontier.size() / HashTile.WIDTH - 1;
    HashTile tile = new HashTile(number, open.getFirst()).plus(open.subList(1, HashTile.WIDTH));
    open = new ArrayList<>(open.subList(HashTile.WIDTH, open.size()));
    return List.of(new Commit.TileRow(number, tile.hashes()));
  }

  private static List<JournalDocument.Sequences> changed(Commit rows) {
    List<JournalDocument.Sequences> changed = new ArrayList<>();
    for (int i = 0; i < rows.jobs().size(); i++) {
      changed.add(new JournalDocument.Sequences(rows.jobs().get(i).jobNo(), 1, 2));
      if (!rows.segments().isEmpty()) {
        changed.add(new JournalDocument.Sequences(rows.segments().get(i).jobNo(), 3, 2));
      }
    }
    return changed;
  }

  private Commit replaced(Commit rows, Bytes journal, List<Commit.TileRow> tiles) {
    LogHead planned = rows.after();
    LogHead after =
        new LogHead(
            planned.position(),
            planned.epoch(),
            planned.nowMicros(),
            planned.nextJobNo(),
            frontier.size(),
            frontier.toBytes());
    return new Commit(
        rows.before(),
        after,
        journal,
        rows.jobs(),
        rows.segments(),
        rows.outcomes(),
        rows.keys(),
        rows.blobs(),
        tiles);
  }
}
