package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes leaves one after the other, each as [Leaf#toBytes()] would: what the leaves before had
/// too, and most of a leaf is such, is copied. Not thread-safe.
public final class LeafEncoder {
  private static final int SHAPES = 4;
  private static final String LAST_BEFORE_SUBJECT = "genome";
  private static final String FIRST_AFTER_SUBJECT = "position";

  private final CanonicalWriter out = new CanonicalWriter(1024);
  private final RecentTexts actions = new RecentTexts("action");
  private final RecentTexts actors = new RecentTexts("actor");
  private final RecentTexts decisions = new RecentTexts("decision");
  private final RecentTexts genomes = new RecentTexts("genome");
  private final RecentTexts reasons = new RecentTexts("reason");
  private final RecentTexts rules = new RecentTexts("rule");
  private final RecentTexts snapshots = new RecentTexts("snapshot");
  private final RecentTexts tenants = new RecentTexts("tenant");
  private final LastNumber times = new LastNumber("at");
  private final LastNumber positions = new LastNumber("position");
  private final @Nullable Shape[] shapes = new @Nullable Shape[SHAPES];
  private int nextShape;

  /// The members around the subject of a leaf, as they are written, for leaves that have the same.
  private record Shape(Leaf like, Bytes before, Bytes after) {}

  /// The canonical bytes of a leaf.
  public Bytes encode(Leaf leaf) {
    return write(leaf).toBytes();
  }

  /// The hash of a leaf, whose bytes nobody needs.
  public Bytes hash(Leaf leaf, TreeHasher hasher) {
    return hasher.leaf(write(leaf));
  }

  private CanonicalWriter write(Leaf leaf) {
    out.reset().beginObject();
    Shape known = shapeOf(leaf);
    if (known != null) {
      out.rawMember(LAST_BEFORE_SUBJECT, known.before);
      writeSubject(leaf);
      return out.rawMember(FIRST_AFTER_SUBJECT, known.after).endObject();
    }
    Receipt receipt = leaf.receipt();
    int start = out.size();
    actions.write(out, receipt.action());
    actors.write(out, receipt.actor());
    times.write(out, leaf.atMicros());
    decisions.write(out, receipt.decision());
    writeEventSeqs(leaf.eventSeqs());
    genomes.write(out, receipt.genome());
    Bytes before = out.written(start);
    writeSubject(leaf);
    // After the comma.
    int rest = out.size() + 1;
    positions.write(out, leaf.position());
    reasons.write(out, receipt.reason());
    rules.write(out, receipt.rule());
    snapshots.write(out, receipt.snapshot());
    tenants.write(out, receipt.tenant());
    out.member("v", Leaf.VERSION);
    shapes[nextShape] = new Shape(leaf, before, out.written(rest));
    nextShape = (nextShape + 1) % shapes.length;
    return out.endObject();
  }

  private @Nullable Shape shapeOf(Leaf leaf) {
    for (Shape shape : shapes) {
      if (shape != null && leaf.differsOnlyInSubject(shape.like)) {
        return shape;
      }
    }
    return null;
  }

  /// What differs from leaf to leaf.
  private void writeSubject(Leaf leaf) {
    Receipt receipt = leaf.receipt();
    writeCommitment("in", receipt.input());
    out.member("index", leaf.index()).memberUnlessEmpty("job", receipt.job());
    writeCommitment("out", receipt.output());
  }

  private void writeEventSeqs(List<Long> eventSeqs) {
    if (eventSeqs.isEmpty()) {
      return;
    }
    out.key("event_seqs").beginArray();
    for (long seq : eventSeqs) {
      out.value(seq);
    }
    out.endArray();
  }

  private void writeCommitment(String key, Bytes commitment) {
    if (!commitment.isEmpty()) {
      out.member(key, commitment);
    }
  }

  /// The last few values of a member as they are written.
  private static final class RecentTexts {
    private static final int KEPT = 4;

    private final String key;
    private final @Nullable String[] values = new @Nullable String[KEPT];
    private final Bytes[] written = {Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY};
    private int next;

    private RecentTexts(String key) {
      this.key = key;
    }

    void write(CanonicalWriter out, String value) {
      if (!value.isEmpty()) {
        out.rawMember(key, written[place(value)]);
      }
    }

    private int place(String value) {
      for (int i = 0; i < KEPT; i++) {
        if (value.equals(values[i])) {
          return i;
        }
      }
      // A value that cannot be written throws here, and is not remembered.
      Bytes member = inside(new CanonicalWriter().beginObject().member(key, value));
      int place = next;
      next = (next + 1) % KEPT;
      values[place] = value;
      written[place] = member;
      return place;
    }
  }

  /// The last value of a member that is the same for all leaves of a commit.
  private static final class LastNumber {
    private final String key;
    private long value = -1;
    private Bytes written = Bytes.EMPTY;

    private LastNumber(String key) {
      this.key = key;
    }

    void write(CanonicalWriter out, long number) {
      if (number != value) {
        written = inside(new CanonicalWriter().beginObject().member(key, number));
        value = number;
      }
      out.rawMember(key, written);
    }
  }

  /// What stands between the braces.
  private static Bytes inside(CanonicalWriter object) {
    byte[] whole = object.endObject().toBytes().unsafeArray();
    byte[] inside = new byte[whole.length - 2];
    System.arraycopy(whole, 1, inside, 0, inside.length);
    return Bytes.wrap(inside);
  }
}
