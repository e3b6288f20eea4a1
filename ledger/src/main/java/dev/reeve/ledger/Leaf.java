package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import java.util.List;

/// One receipt at its place in the log, version 1. Its canonical bytes are what the tree hashes, so
/// the layout of a version never changes; a new version is read beside this one.
///
/// Canonical members, in this order, the optional ones left out when empty: `action`, `actor`?,
/// `at`, `decision`, `event_seqs`?, `genome`?, `in`?, `index`, `job`?, `out`?, `position`,
/// `reason`?, `rule`?, `snapshot`?, `tenant`?, `v`.
///
/// @param position number of the commit in its log
/// @param index number of this leaf in the tree, from 0 without gaps
/// @param atMicros time of the commit, microseconds since 1970 UTC
/// @param eventSeqs visible events of the job that were committed with it, ascending
/// @param receipt what was decided
public record Leaf(
    long position, long index, long atMicros, List<Long> eventSeqs, Receipt receipt) {
  /// The version of the layout, member `v`.
  public static final int VERSION = 1;

  public Leaf {
    checkRange("position", position);
    checkRange("index", index);
    checkRange("at", atMicros);
    eventSeqs = List.copyOf(eventSeqs);
    long last = 0;
    for (long seq : eventSeqs) {
      Check.argument(seq > last, "event_seqs: %s (expected: ascending from 1)", eventSeqs);
      last = seq;
    }
  }

  /// The canonical bytes, which the tree hashes.
  public Bytes toBytes() {
    CanonicalWriter out = new CanonicalWriter(512).beginObject();
    out.member("action", receipt.action())
        .memberUnlessEmpty("actor", receipt.actor())
        .member("at", atMicros)
        .member("decision", receipt.decision());
    writeEventSeqs(out);
    out.memberUnlessEmpty("genome", receipt.genome());
    writeCommitment(out, "in", receipt.input());
    out.member("index", index).memberUnlessEmpty("job", receipt.job());
    writeCommitment(out, "out", receipt.output());
    return out.member("position", position)
        .memberUnlessEmpty("reason", receipt.reason())
        .memberUnlessEmpty("rule", receipt.rule())
        .memberUnlessEmpty("snapshot", receipt.snapshot())
        .memberUnlessEmpty("tenant", receipt.tenant())
        .member("v", VERSION)
        .endObject()
        .toBytes();
  }

  /// Whether all is as in another leaf but index, job and commitments, which may be others: so it
  /// is with most leaves of a commit.
  boolean differsOnlyInSubject(Leaf other) {
    Receipt that = other.receipt;
    return position == other.position
        && atMicros == other.atMicros
        && receipt.action().equals(that.action())
        && receipt.decision().equals(that.decision())
        && receipt.actor().equals(that.actor())
        && receipt.genome().equals(that.genome())
        && receipt.reason().equals(that.reason())
        && receipt.rule().equals(that.rule())
        && receipt.snapshot().equals(that.snapshot())
        && receipt.tenant().equals(that.tenant())
        && eventSeqs.equals(other.eventSeqs);
  }

  /// Reads what [#toBytes()] wrote and nothing else: whatever would not be written again byte for
  /// byte is refused, so that two different documents never pass for one leaf.
  ///
  /// @throws CanonicalFormatException when the bytes are not a leaf of this version
  public static Leaf read(Bytes bytes) {
    Leaf leaf = of(CanonicalReader.object(bytes));
    if (!leaf.toBytes().equals(bytes)) {
      throw malformed("members (expected: those of a leaf, empty ones left out)");
    }
    return leaf;
  }

  /// The leaf with these members; whether it was written like this is for the caller to compare.
  static Leaf of(CanonicalObject object) {
    long version = object.number("v");
    if (version != VERSION) {
      throw new CanonicalFormatException("v: " + version + " (expected: " + VERSION + ")");
    }
    try {
      return fromMembers(object);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Leaf fromMembers(CanonicalObject object) {
    Receipt receipt =
        new Receipt(
            object.textOr("tenant", ""),
            object.textOr("job", ""),
            object.textOr("actor", ""),
            object.text("action"),
            object.text("decision"),
            object.textOr("rule", ""),
            object.textOr("reason", ""),
            object.textOr("snapshot", ""),
            object.textOr("genome", ""),
            commitment(object, "in"),
            commitment(object, "out"));
    return new Leaf(
        object.number("position"),
        object.number("index"),
        object.number("at"),
        object.has("event_seqs") ? object.numbers("event_seqs") : List.of(),
        receipt);
  }

  private static Bytes commitment(CanonicalObject object, String key) {
    return object.has(key) ? object.bytes(key) : Bytes.EMPTY;
  }

  private static void writeCommitment(CanonicalWriter out, String key, Bytes commitment) {
    if (!commitment.isEmpty()) {
      out.member(key, commitment);
    }
  }

  private void writeEventSeqs(CanonicalWriter out) {
    if (eventSeqs.isEmpty()) {
      return;
    }
    out.key("event_seqs").beginArray();
    for (long seq : eventSeqs) {
      out.value(seq);
    }
    out.endArray();
  }

  private static void checkRange(String name, long value) {
    Check.argument(
        value >= 0 && value <= CanonicalWriter.INTEGER_MAX,
        "%s: %s (expected: 0 to 2^53)",
        name,
        value);
  }

  private static CanonicalFormatException malformed(String message) {
    return new CanonicalFormatException("leaf: " + message);
  }
}
