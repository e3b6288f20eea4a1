package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The newest leaves of a stored log, read back and found in order: commits without a gap, leaves
/// in canonical form at their place, their hashes those that are stored.
///
/// Bounded work on a log of any size; [StoredLogVerifier] looks at all of it.
///
/// @param from index of the first one
/// @param hashes theirs, in order, made from what was read
public record StoredTail(long from, List<Bytes> hashes) {
  private static final int COMMITS_PER_READ = 64;

  public StoredTail {
    hashes = List.copyOf(hashes);
  }

  /// Reads from an index to the end. Where retention has removed the commit of that index it begins
  /// at the first leaf that there is.
  ///
  /// @param newest hashes of the tile that is not full; empty when there is none
  /// @param afterPosition a commit before the one that holds the first leaf
  /// @throws AuditDamage at the first leaf that is not in order
  public static StoredTail read(
      StoredLog log, Optional<HashTile> newest, long afterPosition, long firstIndex) {
    Walk walk = new Walk(log, newest, firstIndex);
    long last = log.edge().position();
    long position = afterPosition;
    while (position < last) {
      List<StoredLog.StoredCommit> commits = log.commits(position, COMMITS_PER_READ);
      if (commits.isEmpty()) {
        throw new AuditDamage("commit " + (position + 1), "is missing");
      }
      for (StoredLog.StoredCommit commit : commits) {
        if (commit.position() <= last) {
          walk.commit(commit);
        }
      }
      position = commits.getLast().position();
    }
    return walk.end();
  }

  /// Holds the leaves against the tree.
  ///
  /// @param before the tree of the leaves before them
  /// @param whole the tree over all of them
  /// @throws AuditDamage when the leaves behind the first tree do not give the second one
  public void check(MerkleFrontier before, MerkleFrontier whole) {
    MerkleFrontier made = before.append(TreeHasher.create(), hashes);
    if (!made.equals(whole)) {
      throw new AuditDamage(
          made.firstDifference(whole), "the tree over them is not the stored one");
    }
  }

  /// One reading.
  private static final class Walk {
    private final StoredLog log;
    private final StoredLeaves leaves;
    private final List<Bytes> hashes = new ArrayList<>();
    private long from;
    private long position;

    private Walk(StoredLog log, Optional<HashTile> newest, long firstIndex) {
      this.log = log;
      leaves = new StoredLeaves(log, newest, TreeHasher.create());
      from = firstIndex;
    }

    private void commit(StoredLog.StoredCommit commit) {
      if (position > 0 && commit.position() != position + 1) {
        throw new AuditDamage("commit " + (position + 1), "is missing");
      }
      position = commit.position();
      for (Bytes bytes : commit.leaves()) {
        long index = from + hashes.size();
        Leaf leaf = leaves.read(commit, bytes, index);
        if (hashes.isEmpty() && leaf.index() < from) {
          continue;
        }
        if (hashes.isEmpty() && leaf.index() > from && isPruned()) {
          from = leaf.index();
          index = from;
        }
        hashes.add(leaves.check(commit, leaf, bytes, index).hash());
      }
    }

    private boolean isPruned() {
      return log.commits(0, 1).getFirst().position() > 1;
    }

    private StoredTail end() {
      long count = log.edge().leafCount();
      if (from + hashes.size() != count && !(hashes.isEmpty() && isPruned())) {
        throw new AuditDamage(
            "index " + Math.min(from + hashes.size(), count),
            "the log has " + count + " receipts, " + (from + hashes.size()) + " were read");
      }
      return new StoredTail(hashes.isEmpty() ? count : from, hashes);
    }
  }
}
