package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;

/// A line of an audit export, canonical JSON like the leaves in it.
public sealed interface ExportLine {
  /// The line without its line feed.
  Bytes toBytes();

  /// What the line is about, for messages.
  String subject();

  /// One receipt. Members: `decision`, `hash`, `index`, `job_id`, `leaf`.
  ///
  /// @param leaf the receipt at its place
  /// @param bytes the leaf as hashed
  /// @param hash its hash
  record Entry(Leaf leaf, Bytes bytes, Bytes hash) implements ExportLine {
    @Override
    public Bytes toBytes() {
      CanonicalWriter out = new CanonicalWriter(bytes.size() + 256).beginObject();
      out.member("decision", leaf.receipt().decision());
      writePlace(out, leaf, bytes, hash);
      return out.endObject().toBytes();
    }

    @Override
    public String subject() {
      return place(leaf);
    }
  }

  /// A receipt whose bytes went by retention. Members: `decision` (empty), `hash`, `index`,
  /// `job_id` (empty), `pruned`.
  ///
  /// @param index number of the leaf
  /// @param hash its hash, which is kept for ever
  record Pruned(long index, Bytes hash) implements ExportLine {
    @Override
    public Bytes toBytes() {
      return new CanonicalWriter(256)
          .beginObject()
          .member("decision", "")
          .member("hash", hash)
          .member("index", index)
          .member("job_id", "")
          .member("pruned", true)
          .endObject()
          .toBytes();
    }

    @Override
    public String subject() {
      return "index " + index;
    }
  }

  /// One receipt that is proven by its line alone. Members: `decision`, `hash`, `head`, `index`,
  /// `job_id`, `leaf`, `proof`.
  ///
  /// @param leaf the receipt at its place
  /// @param bytes the leaf as hashed
  /// @param hash its hash
  /// @param path hashes beside the way to the root, lowest first
  /// @param head the head that it leads to
  record Proven(Leaf leaf, Bytes bytes, Bytes hash, List<Bytes> path, Head head)
      implements ExportLine {
    public Proven {
      path = List.copyOf(path);
    }

    @Override
    public Bytes toBytes() {
      CanonicalWriter out = new CanonicalWriter(bytes.size() + 2_048).beginObject();
      out.member("decision", leaf.receipt().decision()).member("hash", hash).key("head");
      head.write(out);
      writePlace(out, leaf, bytes);
      return out.member("proof", path.stream().map(Bytes::hex).toList()).endObject().toBytes();
    }

    @Override
    public String subject() {
      return place(leaf);
    }
  }

  /// The signed tree head. The line has one member, `head`, with `keys`, `note`, `root` and `size`.
  ///
  /// @param keys the log's keys, oldest first; not yet checked
  /// @param signed the head; not yet checked
  record Head(List<KeyRecord> keys, TreeHead signed) implements ExportLine {
    public Head {
      keys = List.copyOf(keys);
    }

    /// Checks keys and signature.
    ///
    /// @throws CanonicalFormatException saying what is wrong
    public KeyHistory check() {
      KeyHistory history = KeyHistory.of(keys);
      history.check(signed);
      return history;
    }

    @Override
    public Bytes toBytes() {
      CanonicalWriter out = new CanonicalWriter(1_024).beginObject().key("head");
      write(out);
      return out.endObject().toBytes();
    }

    private void write(CanonicalWriter out) {
      out.beginObject().key("keys").beginArray();
      keys.forEach(key -> out.raw(key.toBytes()));
      out.endArray()
          .member("note", signed.note())
          .member("root", signed.checkpoint().root())
          .member("size", signed.checkpoint().size())
          .endObject();
    }

    @Override
    public String subject() {
      return "tree head";
    }
  }

  /// Reads what one of the lines wrote and nothing else.
  ///
  /// @throws CanonicalFormatException when it is anything else
  static ExportLine read(Bytes line) {
    CanonicalObject object = CanonicalReader.object(line);
    ExportLine read;
    try {
      read = read(object);
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException(String.valueOf(e.getMessage()), e);
    }
    if (!read.toBytes().equals(line)) {
      throw new CanonicalFormatException(
          "members (expected: those of the leaf, in canonical form)");
    }
    return read;
  }

  private static ExportLine read(CanonicalObject object) {
    if (!object.has("leaf")) {
      return object.has("head")
          ? head(object.object("head"))
          : new Pruned(object.number("index"), object.bytes("hash"));
    }
    Leaf leaf = Leaf.of(object.object("leaf"));
    Bytes hash = object.bytes("hash");
    if (!object.has("proof")) {
      return new Entry(leaf, leaf.toBytes(), hash);
    }
    List<Bytes> path = new ArrayList<>();
    for (String step : object.texts("proof")) {
      path.add(Bytes.hex(step));
    }
    return new Proven(leaf, leaf.toBytes(), hash, path, head(object.object("head")));
  }

  private static Head head(CanonicalObject object) {
    List<KeyRecord> keys = new ArrayList<>();
    for (CanonicalObject key : object.objects("keys")) {
      keys.add(KeyRecord.of(key));
    }
    return new Head(keys, TreeHead.read(object.text("note")));
  }

  private static void writePlace(CanonicalWriter out, Leaf leaf, Bytes bytes, Bytes hash) {
    out.member("hash", hash);
    writePlace(out, leaf, bytes);
  }

  private static void writePlace(CanonicalWriter out, Leaf leaf, Bytes bytes) {
    out.member("index", leaf.index()).member("job_id", leaf.receipt().job());
    out.key("leaf").raw(bytes);
  }

  private static String place(Leaf leaf) {
    String job = leaf.receipt().job();
    return "index " + leaf.index() + (job.isEmpty() ? "" : ", job " + job);
  }
}
