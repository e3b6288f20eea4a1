package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The leaves of one commit as a journal keeps them: the first one whole, each later one as what it
/// says otherwise than an earlier one. Leaves of a commit have nearly everything in common, so this
/// is a third of their bytes; what is read back is what the tree hashed, byte for byte.
///
/// A later line is a canonical object with the members of [Leaf] that are not those of the earlier
/// leaf, hashes in base64url without padding. `less` names members that only the earlier one has.
/// `of` says how many lines up that one stands: the nearest of the last eight with the same action
/// and decision, or else the line before; left out where it is as for the line before, first 1.
/// `index` is left out where it is one more than that of the line before. There is one way to write
/// a leaf, and no other is read.
public final class LeafLines {
  static final int LOOK_BACK_MAX = 8;
  private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM_TEXT = Base64.getUrlDecoder();

  private LeafLines() {}

  /// The lines of leaves that follow each other in a commit.
  ///
  /// @param first canonical bytes of the first leaf, as hashed
  public static List<Bytes> write(List<Leaf> leaves, Bytes first) {
    List<Bytes> lines = new ArrayList<>(leaves.size());
    lines.add(first);
    CanonicalWriter out = new CanonicalWriter(512);
    int back = 1;
    for (int at = 1; at < leaves.size(); at++) {
      int implied = back;
      back = back(leaves, at);
      lines.add(line(leaves, at, back, implied, out));
    }
    return lines;
  }

  /// Canonical bytes of the leaves, as hashed.
  ///
  /// @throws CanonicalFormatException when a line after the first was not written by [#write]; the
  ///   first is handed on as it is, unless others hang on it
  public static List<Bytes> read(List<Bytes> lines) {
    if (lines.size() < 2) {
      return lines;
    }
    List<Bytes> all = new ArrayList<>(lines.size());
    List<Leaf> leaves = new ArrayList<>(lines.size());
    CanonicalWriter out = new CanonicalWriter(512);
    all.add(lines.getFirst());
    leaves.add(Leaf.read(lines.getFirst()));
    int back = 1;
    for (int at = 1; at < lines.size(); at++) {
      int implied = back;
      leaves.add(leaf(lines.get(at), leaves, implied));
      back = back(leaves, at);
      if (!line(leaves, at, back, implied, out).equals(lines.get(at))) {
        throw malformed(leaves.subList(0, at), "not the one way to write it");
      }
      all.add(leaves.getLast().toBytes());
    }
    return all;
  }

  /// The line of a leaf that is not the first.
  ///
  /// @param back how many lines up the leaf stands that it is told from
  /// @param impliedBack what `of` is when it is left out
  /// @param out room to write in
  static Bytes line(List<Leaf> leaves, int at, int back, int impliedBack, CanonicalWriter out) {
    Leaf leaf = leaves.get(at);
    Leaf base = leaves.get(at - back);
    Receipt said = leaf.receipt();
    Receipt before = base.receipt();
    out.reset().beginObject();
    writeText(out, "action", said.action(), before.action());
    writeText(out, "actor", said.actor(), before.actor());
    writeNumber(out, "at", leaf.atMicros(), base.atMicros());
    writeText(out, "decision", said.decision(), before.decision());
    if (!leaf.eventSeqs().isEmpty() && !leaf.eventSeqs().equals(base.eventSeqs())) {
      out.key("event_seqs").beginArray();
      leaf.eventSeqs().forEach(out::value);
      out.endArray();
    }
    writeText(out, "genome", said.genome(), before.genome());
    writeHash(out, "in", said.input(), before.input());
    writeNumber(out, "index", leaf.index(), leaves.get(at - 1).index() + 1);
    writeText(out, "job", said.job(), before.job());
    List<String> less = less(leaf, base);
    if (!less.isEmpty()) {
      out.member("less", less);
    }
    writeNumber(out, "of", back, impliedBack);
    writeHash(out, "out", said.output(), before.output());
    writeNumber(out, "position", leaf.position(), base.position());
    writeText(out, "reason", said.reason(), before.reason());
    writeText(out, "rule", said.rule(), before.rule());
    writeText(out, "snapshot", said.snapshot(), before.snapshot());
    writeText(out, "tenant", said.tenant(), before.tenant());
    return out.endObject().toBytes();
  }

  /// How many lines up the leaf stands that one is told from.
  static int back(List<Leaf> leaves, int at) {
    Receipt said = leaves.get(at).receipt();
    for (int back = 1; back <= Math.min(at, LOOK_BACK_MAX); back++) {
      Receipt before = leaves.get(at - back).receipt();
      if (said.action().equals(before.action()) && said.decision().equals(before.decision())) {
        return back;
      }
    }
    return 1;
  }

  /// Members that only the base has, in ascending order.
  private static List<String> less(Leaf leaf, Leaf base) {
    Receipt said = leaf.receipt();
    Receipt before = base.receipt();
    List<String> less = new ArrayList<>(0);
    addIf(less, "actor", said.actor().isEmpty() && !before.actor().isEmpty());
    addIf(less, "event_seqs", leaf.eventSeqs().isEmpty() && !base.eventSeqs().isEmpty());
    addIf(less, "genome", said.genome().isEmpty() && !before.genome().isEmpty());
    addIf(less, "in", said.input().isEmpty() && !before.input().isEmpty());
    addIf(less, "job", said.job().isEmpty() && !before.job().isEmpty());
    addIf(less, "out", said.output().isEmpty() && !before.output().isEmpty());
    addIf(less, "reason", said.reason().isEmpty() && !before.reason().isEmpty());
    addIf(less, "rule", said.rule().isEmpty() && !before.rule().isEmpty());
    addIf(less, "snapshot", said.snapshot().isEmpty() && !before.snapshot().isEmpty());
    addIf(less, "tenant", said.tenant().isEmpty() && !before.tenant().isEmpty());
    return less;
  }

  private static void addIf(List<String> names, String name, boolean condition) {
    if (condition) {
      names.add(name);
    }
  }

  private static void writeText(CanonicalWriter out, String key, String value, String base) {
    if (!value.equals(base)) {
      out.memberUnlessEmpty(key, value);
    }
  }

  private static void writeHash(CanonicalWriter out, String key, Bytes value, Bytes base) {
    if (!value.isEmpty() && !value.equals(base)) {
      out.member(key, TO_TEXT.encodeToString(value.unsafeArray()));
    }
  }

  private static void writeNumber(CanonicalWriter out, String key, long value, long implied) {
    if (value != implied) {
      out.member(key, value);
    }
  }

  /// The leaf of a line.
  ///
  /// @param before the leaves before it
  /// @param impliedBack what `of` is when it is left out
  static Leaf leaf(Bytes line, List<Leaf> before, long impliedBack) {
    try {
      CanonicalObject said = CanonicalReader.object(line);
      long back = said.numberOr("of", impliedBack);
      Check.argument(
          back >= 1 && back <= before.size(), "of: %s (expected: 1 to %s)", back, before.size());
      Members members = new Members(said, said.has("less") ? said.texts("less") : List.of());
      return members.over(before.get(before.size() - (int) back), before.getLast().index() + 1);
    } catch (CanonicalFormatException | IllegalArgumentException e) {
      throw malformed(before, String.valueOf(e.getMessage()));
    }
  }

  private static CanonicalFormatException malformed(List<Leaf> before, String message) {
    return new CanonicalFormatException("index " + (before.getLast().index() + 1) + ": " + message);
  }

  /// What a line says, or else its base, unless it says that there is less.
  private record Members(CanonicalObject said, List<String> less) {
    Leaf over(Leaf base, long impliedIndex) {
      Receipt receipt = base.receipt();
      return new Leaf(
          said.numberOr("position", base.position()),
          said.numberOr("index", impliedIndex),
          said.numberOr("at", base.atMicros()),
          numbers("event_seqs", base.eventSeqs()),
          new Receipt(
              text("tenant", receipt.tenant()),
              text("job", receipt.job()),
              text("actor", receipt.actor()),
              text("action", receipt.action()),
              text("decision", receipt.decision()),
              text("rule", receipt.rule()),
              text("reason", receipt.reason()),
              text("snapshot", receipt.snapshot()),
              text("genome", receipt.genome()),
              hash("in", receipt.input()),
              hash("out", receipt.output())));
    }

    private String text(String key, String base) {
      return said.has(key) ? said.text(key) : less.contains(key) ? "" : base;
    }

    private Bytes hash(String key, Bytes base) {
      if (said.has(key)) {
        return Bytes.wrap(FROM_TEXT.decode(said.text(key)));
      }
      return less.contains(key) ? Bytes.EMPTY : base;
    }

    private List<Long> numbers(String key, List<Long> base) {
      return said.has(key) ? said.numbers(key) : less.contains(key) ? List.of() : base;
    }
  }
}
