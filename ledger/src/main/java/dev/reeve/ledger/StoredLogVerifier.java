package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads a stored log from its first leaf to its last and verifies everything on the way: commits
/// without a gap, leaves in canonical form at their place, their hashes against the stored ones,
/// the tree against the stored edge and against signed heads.
///
/// Reads one run of commits at a time. Not thread-safe; throws [AuditDamage] at the first entry
/// that is not in order.
public final class StoredLogVerifier {
  private static final int COMMITS_PER_READ = 64;

  private final StoredLog log;
  private final StoredLeaves leaves;
  private final RootCheck roots;
  private final Consumer<ExportLine> sink;
  private long position;
  private long receipts;
  private long pruned;

  /// What a log is held against besides itself.
  ///
  /// @param head the signed head kept beside the data
  /// @param keys the log's keys
  /// @param tile the hashes of the tile that was not full at that head; empty when not known
  /// @param checkpoint a head that was kept elsewhere
  public record Against(
      TreeHead head, KeyHistory keys, Optional<HashTile> tile, Optional<TreeHead> checkpoint) {}

  private StoredLogVerifier(
      StoredLog log,
      Optional<HashTile> keptTile,
      Stream<RootCheck.Named> heads,
      Consumer<ExportLine> sink) {
    this.log = log;
    this.sink = sink;
    roots = new RootCheck(heads);
    leaves = new StoredLeaves(log, keptTile, roots.hasher());
  }

  /// Verifies a whole log.
  ///
  /// @param sink gets every receipt, or what is left of it, as soon as it is known to be in order
  public static Verified verify(StoredLog log, Against against, Consumer<ExportLine> sink) {
    check(against.keys(), "the signed head", against.head());
    against.checkpoint().ifPresent(kept -> check(against.keys(), "the kept checkpoint", kept));
    Stream<RootCheck.Named> heads =
        Stream.concat(
            Stream.of(new RootCheck.Named("the signed head", against.head().checkpoint())),
            against
                .checkpoint()
                .map(kept -> new RootCheck.Named("the kept checkpoint", kept.checkpoint()))
                .stream());
    StoredLogVerifier verifier = new StoredLogVerifier(log, against.tile(), heads, sink);
    verifier.walk();
    return new Verified(
        against.head(),
        against.keys(),
        verifier.receipts,
        verifier.pruned,
        verifier.roots.frontier().size() - against.head().checkpoint().size());
  }

  private static void check(KeyHistory keys, String name, TreeHead head) {
    try {
      keys.check(head);
    } catch (CanonicalFormatException e) {
      throw new AuditDamage(name, String.valueOf(e.getMessage()));
    }
  }

  private void walk() {
    long last = log.edge().position();
    while (position < last) {
      List<StoredLog.StoredCommit> commits = log.commits(position, COMMITS_PER_READ);
      if (commits.isEmpty()) {
        throw damage("commit " + (position + 1), "is missing");
      }
      for (StoredLog.StoredCommit commit : commits) {
        if (commit.position() <= last) {
          commit(commit);
        }
      }
      position = Math.min(last, commits.getLast().position());
    }
    end();
  }

  private void commit(StoredLog.StoredCommit commit) {
    boolean first = position == 0;
    if (!first && commit.position() != position + 1) {
      throw damage("commit " + (position + 1), "is missing");
    }
    position = commit.position();
    for (Bytes bytes : commit.leaves()) {
      leaf(commit, bytes);
    }
  }

  private void leaf(StoredLog.StoredCommit commit, Bytes bytes) {
    Leaf leaf = leaves.read(commit, bytes, roots.frontier().size());
    if (receipts == 0) {
      pruneTo(leaf, StoredLeaves.where(commit, roots.frontier().size()));
    }
    ExportLine.Entry entry = leaves.check(commit, leaf, bytes, roots.frontier().size());
    receipts++;
    roots.append(entry.hash());
    sink.accept(entry);
  }

  /// Retention removes whole commits from the beginning; their hashes stay.
  private void pruneTo(Leaf first, String where) {
    long missing = first.index() - roots.frontier().size();
    if (missing > 0 && log.commits(0, 1).getFirst().position() == 1) {
      throw damage(
          where, "is in the wrong place (expected: index " + roots.frontier().size() + ")");
    }
    for (long i = 0; i < missing; i++) {
      long index = roots.frontier().size();
      Bytes hash = leaves.storedHash(index);
      if (hash == null) {
        throw damage("index " + index, "is gone, and its hash as well");
      }
      pruned++;
      roots.append(hash);
      sink.accept(new ExportLine.Pruned(index, hash));
    }
  }

  private void end() {
    StoredLog.Edge edge = log.edge();
    if (roots.frontier().size() != edge.leafCount()) {
      throw damage(
          "index " + Math.min(roots.frontier().size(), edge.leafCount()),
          "the log has "
              + edge.leafCount()
              + " receipts, "
              + roots.frontier().size()
              + " were read");
    }
    MerkleFrontier stored;
    try {
      stored = MerkleFrontier.read(edge.frontier());
    } catch (CanonicalFormatException e) {
      throw damage("the stored edge of the tree", String.valueOf(e.getMessage()));
    }
    if (!stored.equals(roots.frontier())) {
      throw damage(
          roots.frontier().firstDifference(stored), "the tree over them is not the stored one");
    }
    roots.end();
  }

  private static AuditDamage damage(String where, String what) {
    return new AuditDamage(where, what);
  }

  /// Leaf hashes from an index to the end of a log, as they follow from the leaves themselves.
  ///
  /// @throws AuditDamage when a leaf cannot be read
  public static List<Bytes> hashesFrom(StoredLog log, long afterPosition, long firstIndex) {
    TreeHasher hasher = TreeHasher.create();
    List<Bytes> hashes = new ArrayList<>();
    long position = afterPosition;
    while (position < log.edge().position()) {
      List<StoredLog.StoredCommit> commits = log.commits(position, COMMITS_PER_READ);
      if (commits.isEmpty()) {
        break;
      }
      for (StoredLog.StoredCommit commit : commits) {
        for (Bytes leaf : commit.leaves()) {
          if (Leaf.read(leaf).index() >= firstIndex) {
            hashes.add(hasher.leaf(leaf));
          }
        }
      }
      position = commits.getLast().position();
    }
    return hashes;
  }
}
