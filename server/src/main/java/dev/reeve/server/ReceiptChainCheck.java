package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.PostureTrigger;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.TreeHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whether the newest receipts in the store are those that the tree was made of: the leaves behind
/// the last full tile are read back, hashed again, and compared with the frontier of the head.
/// Bounded work, whatever the size of the log; the offline verifier looks at all of it.
final class ReceiptChainCheck {
  private static final String NAME = "receipts";
  private static final int WINDOW = 256;

  private final Writer writer;
  private final JobArchive archive;

  ReceiptChainCheck(Writer writer, JobArchive archive) {
    this.writer = writer;
    this.archive = archive;
  }

  Check check() {
    LogHead head = writer.head();
    try {
      return matches(head) ? Check.passed(NAME) : broken("the receipts do not give the root");
    } catch (StoreException e) {
      return Check.failed(
          NAME, "STORE_UNAVAILABLE", e.toString(), PostureTrigger.TRANSIENT_FAILURE);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return broken(e.toString());
    }
  }

  private boolean matches(LogHead head) throws StoreException {
    int open = (int) (head.leafCount() % HashTile.WIDTH);
    MerkleFrontier again = MerkleFrontier.EMPTY.append(TreeHasher.create(), newest(head, open));
    byte[] tail = again.toBytes().toArray();
    byte[] whole = head.frontier().toArray();
    int hashes = tail.length - Long.BYTES;
    return open == 0
        || (whole.length >= tail.length
            && Arrays.equals(
                tail, Long.BYTES, tail.length, whole, whole.length - hashes, whole.length));
  }

  /// Hashes of the last leaves up to a head, the oldest first.
  private List<Bytes> newest(LogHead head, int count) throws StoreException {
    List<Bytes> leaves = new ArrayList<>();
    long before = head.position();
    while (leaves.size() < count && before > 0) {
      long from = Math.max(0, before - WINDOW);
      List<Bytes> window = new ArrayList<>();
      for (JobArchive.JournalRow row : archive.journal(from, (int) (before - from))) {
        window.addAll(JournalDocument.read(row.bytes()).leaves());
      }
      window.addAll(leaves);
      leaves = window;
      before = from;
    }
    if (leaves.size() < count) {
      throw new IllegalStateException("the journal lacks " + (count - leaves.size()) + " receipts");
    }
    TreeHasher hasher = TreeHasher.create();
    return leaves.subList(leaves.size() - count, leaves.size()).stream().map(hasher::leaf).toList();
  }

  private static Check broken(String detail) {
    return Check.failed(NAME, "RECEIPT_CHAIN_BROKEN", detail, PostureTrigger.RECEIPT_CHAIN_BROKEN);
  }
}
