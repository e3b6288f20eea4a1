package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.engine.TreeEdge;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.LogHead;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.Checkpoint;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.StoredTail;
import dev.reeve.ledger.TreeHasher;
import java.util.Optional;

/// What the server finds when it looks at its own log: the newest receipts are read back from the
/// store and held, with the kept hashes of all before them, against the tree that the writer goes
/// on from, the newest signed head, and a head that somebody kept elsewhere.
///
/// Bounded work, but for the first look after a start, which reads the hash of every receipt once,
/// as [ReceiptProofs] do. Blocks; safe on any thread.
public final class VerifyLog {
  /// Most receipts that one look reads back.
  public static final int ENTRIES_MAX = 100_000;

  private final Writer writer;
  private final JobArchive archive;
  private final ReceiptReader receipts;
  private final ReceiptProofs proofs;
  private final HeadSigner heads;

  public VerifyLog(
      Writer writer,
      JobArchive archive,
      ReceiptReader receipts,
      ReceiptProofs proofs,
      HeadSigner heads) {
    this.writer = writer;
    this.archive = archive;
    this.receipts = receipts;
    this.proofs = proofs;
    this.heads = heads;
  }

  /// A head that was kept elsewhere.
  public record Kept(long size, Bytes root) {}

  /// The first thing that is not in order.
  ///
  /// @param where the receipt, by index, commit and job, or a run of them
  /// @param what what is wrong with it
  public record Damage(String where, String what) {}

  /// What was found.
  ///
  /// @param size receipts of the log
  /// @param root over all of them, as the writer goes on from it
  /// @param signed the newest signed head
  /// @param checkedFrom index of the first receipt that was to be read back
  /// @param checked how many were read back; 0 when there is damage among them
  /// @param damage empty when all of it is in order
  public record Report(
      long size,
      Bytes root,
      HeadSigner.Signed signed,
      long checkedFrom,
      long checked,
      Optional<Damage> damage) {}

  /// @param entries how many of the newest receipts to read back, 1 to [#ENTRIES_MAX]
  /// @throws dev.reeve.base.ProblemException `STORE_UNAVAILABLE`
  public Report verify(int entries, Optional<Kept> kept) {
    // In this order: the log only grows, so the signed head is no larger than the edge.
    HeadSigner.Signed signed = heads.signed();
    TreeEdge edge = writer.edge();
    LogHead head = edge.head();
    MerkleFrontier whole = MerkleFrontier.read(head.frontier());
    Bytes root = whole.root(TreeHasher.create());
    long from = Math.max(0, head.leafCount() - entries);
    long checked = 0;
    Optional<Damage> damage = Optional.empty();
    try {
      StoredTail tail = tail(edge, from);
      from = tail.from();
      tail.check(treeOf(from), whole);
      signed(signed);
      kept.ifPresent(other -> same(other, "the kept checkpoint", head.leafCount()));
      checked = tail.hashes().size();
    } catch (AuditDamage found) {
      damage = Optional.of(new Damage(found.where(), found.what()));
    }
    return new Report(head.leafCount(), root, signed, from, checked, damage);
  }

  private StoredTail tail(TreeEdge edge, long from) {
    LogHead head = edge.head();
    long position;
    try {
      position = receipts.positionOf(from, head.position());
    } catch (CanonicalFormatException | IllegalArgumentException | ArithmeticException e) {
      throw new AuditDamage(
          "a commit on the way to index " + from, "not as written: " + e.getMessage());
    }
    return StoredTail.read(ArchivedLog.of(head, archive), edge.partial(), position - 1, from);
  }

  private void signed(HeadSigner.Signed signed) {
    try {
      signed.keys().check(signed.head());
    } catch (CanonicalFormatException e) {
      throw new AuditDamage("the signed head", String.valueOf(e.getMessage()));
    }
    Checkpoint checkpoint = signed.head().checkpoint();
    same(new Kept(checkpoint.size(), checkpoint.root()), "the signed head", checkpoint.size());
  }

  private void same(Kept other, String name, long size) {
    if (other.size() > size) {
      throw new AuditDamage(
          "index " + size,
          "missing: " + name + " has " + other.size() + " receipts, here are " + size);
    }
    Bytes root = treeOf(other.size()).root(TreeHasher.create());
    if (!root.equals(other.root())) {
      throw new AuditDamage(
          other.size() == 0 ? name : "index 0 to " + (other.size() - 1),
          "root " + root.hex() + " (expected: " + other.root().hex() + ", of " + name + ")");
    }
  }

  /// The tree of the kept hashes.
  private MerkleFrontier treeOf(long size) {
    try {
      return proofs.frontier(size);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new AuditDamage("the kept hashes", String.valueOf(e.getMessage()));
    }
  }
}
