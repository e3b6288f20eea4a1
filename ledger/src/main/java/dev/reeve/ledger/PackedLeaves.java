package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The leaves of one commit as a journal keeps them, in less than half the bytes of [LeafLines].
/// What is read back is what the tree hashed, byte for byte.
///
/// The first leaf stands whole, as hashed, and ends with a line feed. A later leaf that is like an
/// earlier one but for its index, its job and its hashes is packed: one byte says how many leaves
/// up that one stands, 1 to 8; then, each only where the earlier leaf has it, the 16 bytes of its
/// job's UUID, the 32 bytes of `in` and the 32 bytes of `out`. Any other leaf is the line that
/// [LeafLines] has for it, which begins with a brace, and a line feed. Which leaf is the earlier
/// one, and how lines and indexes go on, is as in [LeafLines], packed leaves counted as lines.
/// There is one way to write a leaf, and no other is read.
public final class PackedLeaves {
  private static final int PACKED_LENGTH_MAX = 1 + UuidText.LENGTH_BYTES + 2 * Sha256.LENGTH;
  private static final byte LINE_END = '\n';

  private PackedLeaves() {}

  /// The bytes of leaves that follow each other in a commit; at least one.
  public static Bytes write(List<Leaf> leaves) {
    CanonicalWriter line = new CanonicalWriter(512);
    Output out = new Output(leaves.size());
    out.line(leaves.getFirst().toBytes());
    int back = 1;
    for (int at = 1; at < leaves.size(); at++) {
      int implied = back;
      back = LeafLines.back(leaves, at);
      if (!out.packed(leaves, at, back)) {
        out.line(LeafLines.line(leaves, at, back, implied, line));
      }
    }
    return out.toBytes();
  }

  /// Canonical bytes of the leaves, as hashed.
  ///
  /// @param from where they begin in these bytes, which end with them
  /// @throws CanonicalFormatException when they were not written by [#write]; it names the first
  ///   leaf that cannot be read
  public static List<Bytes> read(byte[] bytes, int from) {
    Input in = new Input(bytes, from);
    List<Leaf> leaves = new ArrayList<>();
    leaves.add(Leaf.read(in.line("the first leaf")));
    int back = 1;
    while (in.hasMore()) {
      int start = in.at;
      int implied = back;
      String name = "index " + (leaves.getLast().index() + 1);
      leaves.add(
          in.isLine() ? LeafLines.leaf(in.line(name), leaves, implied) : in.packed(leaves, name));
      int at = leaves.size() - 1;
      back = LeafLines.back(leaves, at);
      Output again = new Output(1);
      if (!again.packed(leaves, at, back)) {
        again.line(LeafLines.line(leaves, at, back, implied, new CanonicalWriter(512)));
      }
      if (!again.isIn(bytes, start, in.at)) {
        throw new CanonicalFormatException(name + ": not the one way to write it");
      }
    }
    return leaves.stream().map(Leaf::toBytes).toList();
  }

  /// Whether a leaf says the same as an earlier one but for its index, its job and its hashes, and
  /// has the same of those.
  private static boolean isLike(Leaf leaf, Leaf base) {
    Receipt said = leaf.receipt();
    Receipt before = base.receipt();
    return leaf.differsOnlyInSubject(base)
        && said.job().isEmpty() == before.job().isEmpty()
        && said.input().isEmpty() == before.input().isEmpty()
        && said.output().isEmpty() == before.output().isEmpty();
  }

  /// Bytes that grow.
  private static final class Output {
    private byte[] bytes;
    private int size;

    private Output(int leaves) {
      bytes = new byte[leaves * PACKED_LENGTH_MAX + 1024];
    }

    void line(Bytes line) {
      ensure(line.size() + 1);
      System.arraycopy(line.unsafeArray(), 0, bytes, size, line.size());
      size += line.size();
      bytes[size++] = LINE_END;
    }

    /// @return whether it could be; nothing is written else
    boolean packed(List<Leaf> leaves, int at, int back) {
      Leaf leaf = leaves.get(at);
      if (leaf.index() != leaves.get(at - 1).index() + 1 || !isLike(leaf, leaves.get(at - back))) {
        return false;
      }
      ensure(PACKED_LENGTH_MAX);
      int end = size;
      bytes[end++] = (byte) back;
      Receipt said = leaf.receipt();
      if (!said.job().isEmpty()) {
        if (!UuidText.pack(said.job(), bytes, end)) {
          return false;
        }
        end += UuidText.LENGTH_BYTES;
      }
      end = hash(said.input(), end);
      size = hash(said.output(), end);
      return true;
    }

    private int hash(Bytes hash, int at) {
      System.arraycopy(hash.unsafeArray(), 0, bytes, at, hash.size());
      return at + hash.size();
    }

    private void ensure(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }

    boolean isIn(byte[] other, int from, int to) {
      return Arrays.equals(bytes, 0, size, other, from, to);
    }

    Bytes toBytes() {
      return Bytes.wrap(Arrays.copyOf(bytes, size));
    }
  }

  /// Bytes that are read one after the other.
  private static final class Input {
    private final byte[] bytes;
    private int at;

    private Input(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    boolean isLine() {
      return bytes[at] == '{';
    }

    /// @param name of what is read, for messages
    Bytes line(String name) {
      int start = at;
      while (at < bytes.length && bytes[at] != LINE_END) {
        at++;
      }
      if (at == bytes.length) {
        throw new CanonicalFormatException(name + ": no line feed (expected: one at its end)");
      }
      return Bytes.wrap(Arrays.copyOfRange(bytes, start, at++));
    }

    Leaf packed(List<Leaf> before, String name) {
      int back = bytes[at];
      if (back < 1 || back > Math.min(before.size(), LeafLines.LOOK_BACK_MAX)) {
        throw new CanonicalFormatException(
            name + ": " + back + " leaves up (expected: 1 to " + before.size() + ", or a line)");
      }
      Leaf base = before.get(before.size() - back);
      Receipt like = base.receipt();
      boolean hasJob = !like.job().isEmpty();
      int length =
          1 + (hasJob ? UuidText.LENGTH_BYTES : 0) + like.input().size() + like.output().size();
      if (bytes.length - at < length) {
        throw new CanonicalFormatException(
            name + ": " + (bytes.length - at) + " bytes (expected: " + length + ")");
      }
      at++;
      return new Leaf(
          base.position(),
          before.getLast().index() + 1,
          base.atMicros(),
          base.eventSeqs(),
          new Receipt(
              like.tenant(),
              hasJob ? UuidText.unpack(take(UuidText.LENGTH_BYTES)) : "",
              like.actor(),
              like.action(),
              like.decision(),
              like.rule(),
              like.reason(),
              like.snapshot(),
              like.genome(),
              Bytes.wrap(take(like.input().size())),
              Bytes.wrap(take(like.output().size()))));
    }

    private byte[] take(int length) {
      at += length;
      return Arrays.copyOfRange(bytes, at - length, at);
    }
  }
}
