package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verifies an export line by line with nothing but the lines: receipts in order and the signed
/// head at the end, or receipts that are each proven by their own line. Keeps a few hashes in
/// memory. Not thread-safe; throws [AuditDamage] at the first entry that is not in order.
///
/// Every bit of a file matters: what is not in canonical form, what hashes to anything else, what
/// is missing, double or in another place, and any key, signature or root that does not fit.
public final class ExportVerifier {
  private final Optional<TreeHead> kept;
  private RootCheck roots;
  private long lines;
  private long receipts;
  private long pruned;
  private ExportLine.@Nullable Head head;
  private @Nullable KeyHistory keys;
  private boolean proven;

  /// @param kept a head of this log that was kept elsewhere; the log must still extend it
  public ExportVerifier(Optional<TreeHead> kept) {
    this.kept = kept;
    roots =
        new RootCheck(
            kept.stream().map(one -> new RootCheck.Named("the kept checkpoint", one.checkpoint())));
  }

  /// Takes the next line, without its line feed.
  public void line(Bytes line) {
    lines++;
    ExportLine read;
    try {
      read = ExportLine.read(line);
    } catch (CanonicalFormatException e) {
      throw damage(expectedSubject(), "not as written: " + e.getMessage());
    }
    if (head != null && !proven) {
      throw damage(read.subject(), "comes after the tree head (expected: nothing)");
    }
    switch (read) {
      case ExportLine.Entry entry -> entry(entry);
      case ExportLine.Pruned gone -> pruned(gone);
      case ExportLine.Head last -> head(last);
      case ExportLine.Proven one -> proven(one);
    }
  }

  /// There are no more lines.
  public Verified end() {
    ExportLine.Head last = head;
    KeyHistory history = keys;
    if (last == null || history == null) {
      throw new AuditDamage(
          "line " + (lines + 1),
          lines == 0
              ? "the file is empty (expected: receipts and their tree head)"
              : "the tree head is missing (expected: as the last line)");
    }
    return new Verified(last.signed(), history, receipts, pruned, 0);
  }

  private void entry(ExportLine.Entry entry) {
    place(entry.leaf().index(), entry);
    checkHash(entry, entry.bytes(), entry.hash());
    receipts++;
    append(entry, entry.hash());
  }

  private void pruned(ExportLine.Pruned gone) {
    place(gone.index(), gone);
    if (receipts > 0) {
      throw damage(gone.subject(), "is pruned behind receipts that are not");
    }
    pruned++;
    append(gone, gone.hash());
  }

  private void append(ExportLine line, Bytes hash) {
    try {
      roots.append(hash);
    } catch (AuditDamage e) {
      throw damage(line.subject(), e.where() + ": " + e.what());
    }
  }

  private void head(ExportLine.Head last) {
    if (proven) {
      throw damage(last.subject(), "follows receipts with proofs (expected: nothing)");
    }
    long size = last.signed().checkpoint().size();
    long present = roots.frontier().size();
    if (size != present) {
      throw damage(
          last.subject(),
          "has " + size + " receipts, before it are " + present + ": one is missing or too much");
    }
    KeyHistory history = checked(last, last.subject());
    Bytes root = roots.frontier().root(roots.hasher());
    if (!root.equals(last.signed().checkpoint().root())) {
      throw damage(last.subject(), "its root is not that of the receipts, " + root.hex());
    }
    kept.ifPresent(one -> checkKept(history, one));
    roots.end();
    head = last;
    keys = history;
  }

  private void proven(ExportLine.Proven one) {
    if (lines > 1 && !proven) {
      throw damage(one.subject(), "has a proof of its own (expected: like the lines before)");
    }
    proven = true;
    checkHash(one, one.bytes(), one.hash());
    KeyHistory history = checked(one.head(), one.subject());
    Checkpoint checkpoint = one.head().signed().checkpoint();
    boolean inside = one.leaf().index() < checkpoint.size();
    if (!inside
        || !new InclusionProof(one.leaf().index(), checkpoint.size(), one.path())
            .holds(roots.hasher(), one.hash(), checkpoint.root())) {
      throw damage(one.subject(), "its proof does not lead to the root of its head");
    }
    kept.ifPresent(other -> checkProvenKept(history, other, checkpoint, one));
    receipts++;
    head = one.head();
    keys = history;
  }

  /// A single proof can be held against a head of the same size, or none.
  private void checkProvenKept(
      KeyHistory history, TreeHead other, Checkpoint checkpoint, ExportLine.Proven one) {
    checkKept(history, other);
    if (other.checkpoint().size() != checkpoint.size()) {
      throw LedgerProblems.CHECKPOINT_NOT_COMPARABLE
          .because(
              "checkpoint: of "
                  + other.checkpoint().size()
                  + " receipts (expected: "
                  + checkpoint.size()
                  + ", as in the proof of "
                  + one.subject()
                  + "; ask the server for the consistency proof, or verify a whole export)")
          .toException();
    }
    if (!other.checkpoint().root().equals(checkpoint.root())) {
      throw damage(one.subject(), "its head is not that of the kept checkpoint");
    }
  }

  private void checkKept(KeyHistory history, TreeHead other) {
    try {
      history.check(other);
    } catch (CanonicalFormatException e) {
      throw new AuditDamage("the kept checkpoint", String.valueOf(e.getMessage()));
    }
  }

  private KeyHistory checked(ExportLine.Head line, String subject) {
    try {
      return line.check();
    } catch (CanonicalFormatException e) {
      throw damage(subject, String.valueOf(e.getMessage()));
    }
  }

  private void checkHash(ExportLine line, Bytes bytes, Bytes hash) {
    if (!roots.hasher().leaf(bytes).equals(hash)) {
      throw damage(line.subject(), "the receipt does not hash to " + hash.hex());
    }
  }

  private void place(long index, ExportLine line) {
    long expected = roots.frontier().size();
    if (index != expected || proven) {
      throw damage(line.subject(), "is in the wrong place (expected: index " + expected + ")");
    }
  }

  private String expectedSubject() {
    return proven || head != null ? "" : "index " + roots.frontier().size();
  }

  private AuditDamage damage(String subject, String what) {
    return new AuditDamage("line " + lines + (subject.isEmpty() ? "" : " (" + subject + ")"), what);
  }
}
