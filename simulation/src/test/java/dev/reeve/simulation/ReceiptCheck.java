package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.LogHead;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHasher;
import java.util.HashSet;
import java.util.Set;

/// Grows the tree of receipts by its own count, from what the journal holds: the leaves are
/// numbered without gaps, none ever goes, and the stored edge of the tree is that of these leaves.
final class ReceiptCheck {
  /// Action of the receipt that each submit of a history brings.
  static final String SUBMIT = "action:job:submit";

  private final TreeHasher hasher = TreeHasher.create();
  private final Set<JobKey> submits = new HashSet<>();
  private MerkleFrontier tree = MerkleFrontier.EMPTY;

  void read(JobArchive.JournalRow row, JournalDocument journal) {
    for (Bytes bytes : journal.leaves()) {
      Leaf leaf = Leaf.read(bytes);
      Promise.holds(
          leaf.index() == tree.size() && leaf.position() == row.position(),
          "leaf %s of commit %s: is leaf %s of commit %s",
          leaf.index(),
          leaf.position(),
          tree.size(),
          row.position());
      tree = tree.append(hasher, hasher.leaf(bytes));
      Receipt receipt = leaf.receipt();
      if (receipt.action().equals(SUBMIT) && !receipt.decision().equals("refuse")) {
        submits.add(new JobKey(receipt.tenant(), receipt.job()));
      }
    }
  }

  /// Compares with the head that was stored with the newest commit.
  void compare(LogHead head) {
    Promise.holds(tree.size() == head.leafCount(), "leaves: %s, %s", tree.size(), head.leafCount());
    Promise.holds(
        tree.size() == 0 || tree.equals(MerkleFrontier.read(head.frontier())),
        "tree: another root");
  }

  boolean hasSubmitOf(JobKey key) {
    return submits.contains(key);
  }
}
