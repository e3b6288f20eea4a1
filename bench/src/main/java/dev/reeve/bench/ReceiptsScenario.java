package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LeafEncoder;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.SaltedCommitment;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.store.OpenStore;
import dev.reeve.testing.TempDirs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What receipts cost: the time of a group of 64 commands with them and without, one after the
/// other in the same store, so that both see the same machine. With them means: leaves encoded and
/// hashed, the tree grown, leaves and full tiles stored. This is all that stands between a command
/// and its answer, so the share of a submit's p99 is smaller.
final class ReceiptsScenario implements Scenario {
  private static final int JOBS = 32;
  private static final int RECEIPTS = 2 * JOBS;
  private static final int WARM_UP_GROUPS = 2_000;
  private static final int GROUPS_MAX = 200_000;
  private static final double SECONDS = 16;
  private static final double PERCENT_MAX = 10;

  private final TreeHasher hasher = TreeHasher.create();
  private final LeafEncoder encoder = new LeafEncoder();
  private final Bytes commitment =
      SaltedCommitment.of(Bytes.wrap(new byte[SaltedCommitment.SALT_LENGTH]), Bytes.utf8("x"))
          .hash();
  private MerkleFrontier frontier = MerkleFrontier.EMPTY;
  private List<Bytes> open = new ArrayList<>();

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
          measure(report, name, store);
        } finally {
          TempDirs.delete(folder);
        }
      }
    }
  }

  private void measure(Report report, String name, OpenStore store) throws StoreException {
    SampleGroups groups = new SampleGroups(JOBS);
    Latencies with = new Latencies(GROUPS_MAX);
    Latencies without = new Latencies(GROUPS_MAX);
    Latencies making = new Latencies(GROUPS_MAX);
    for (int i = 0; i < WARM_UP_GROUPS; i++) {
      store.log().commit(withReceipts(groups.after(store.log().head())));
      store.log().commit(withoutReceipts(groups.after(store.log().head())));
    }
    long start = System.nanoTime();
    while (System.nanoTime() - start < SECONDS * 1e9 && !with.isFull()) {
      Commit plain = withoutReceipts(groups.after(store.log().head()));
      long before = System.nanoTime();
      store.log().commit(plain);
      without.add(System.nanoTime() - before);
      Commit rows = groups.after(store.log().head());
      before = System.nanoTime();
      Commit full = withReceipts(rows);
      making.add(System.nanoTime() - before);
      store.log().commit(full);
      with.add(System.nanoTime() - before);
    }
    report.add(Figure.of(name + ".with.p50", with.millis(0.5), "ms"));
    report.add(Figure.of(name + ".without.p50", without.millis(0.5), "ms"));
    report.add(Figure.of(name + ".with.p99", with.millis(0.99), "ms"));
    report.add(Figure.of(name + ".without.p99", without.millis(0.99), "ms"));
    report.add(Figure.of(name + ".making", making.millis(0.5) * 1e3 / RECEIPTS, "us/receipt"));
    report.add(
        Figure.of(name + ".share.p50", share(with, without, 0.5), "percent")
            .withLimit(PERCENT_MAX));
    report.add(
        Figure.of(name + ".share.p99", share(with, without, 0.99), "percent")
            .withLimit(PERCENT_MAX));
  }

  /// The rows alone: nothing is said of them in the journal but who changed.
  private Commit withoutReceipts(Commit rows) {
    return replaced(rows, rows.before(), new JournalDocument(changed(rows), List.of()), List.of());
  }

  /// What the writer does for the receipts of a group.
  private Commit withReceipts(Commit rows) {
    List<Bytes> leaves = new ArrayList<>(RECEIPTS);
    List<Bytes> hashes = new ArrayList<>(RECEIPTS);
    for (int i = 0; i < RECEIPTS; i++) {
      String job = rows.jobs().get(i / 2).key().jobId();
      Receipt receipt =
          Receipt.of("action:job:submit", "allow")
              .withSubject("default", job, "local-operator")
              .withRule("default-work", "", "default-1:8c787369e0a2d1e6645466ff9132e5b8")
              .withInput(commitment);
      Leaf leaf =
          new Leaf(
              rows.after().position(),
              frontier.size() + i,
              rows.after().nowMicros(),
              List.of(1L, 2L),
              receipt);
      leaves.add(encoder.encode(leaf));
      hashes.add(hasher.leaf(leaves.getLast()));
    }
    frontier = frontier.append(hasher, hashes);
    return replaced(
        rows, rows.before(), new JournalDocument(changed(rows), leaves), fullTiles(hashes));
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
    return rows.jobs().stream()
        .map(job -> new JournalDocument.Sequences(job.jobNo(), 1, 2))
        .toList();
  }

  private Commit replaced(
      Commit rows, LogHead before, JournalDocument journal, List<Commit.TileRow> tiles) {
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
        before,
        after,
        journal.write(),
        rows.jobs(),
        rows.segments(),
        rows.outcomes(),
        rows.keys(),
        rows.blobs(),
        tiles);
  }

  private static double share(Latencies with, Latencies without, double quantile) {
    return 100 * (with.millis(quantile) - without.millis(quantile)) / with.millis(quantile);
  }
}
