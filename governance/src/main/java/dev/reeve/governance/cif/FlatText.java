package dev.reeve.governance.cif;

import dev.reeve.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every text of a tree in one content, one after the other, so that it is scanned once and a value
/// is seen beside its name. Knows which bytes are whose.
final class FlatText {
  /// Where one text of the tree stands.
  ///
  /// @param text the text
  /// @param path the field
  /// @param start offset of its first byte
  /// @param end offset of the byte after its last
  record Piece(String text, String path, int start, int end) {
    /// The character of the text at an offset of the content; its start or end when that lies
    /// outside.
    int charAt(long offset) {
      return charAt(offset, 0, start);
    }

    /// The same, counted from a character whose offset is known.
    int charAt(long offset, int knownChar, int knownOffset) {
      int wanted = Math.clamp(offset, knownOffset, end);
      if (end - start == text.length()) {
        return wanted - start;
      }
      int bytes = knownOffset;
      int at = knownChar;
      while (at < text.length() && bytes < wanted) {
        int point = text.codePointAt(at);
        bytes += utf8Length(point);
        at += Character.charCount(point);
      }
      return at;
    }

    /// Half of a surrogate pair is written as `?`.
    private static int utf8Length(int point) {
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (point < 0x80 || half) {
        return 1;
      }
      return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Piece> pieces = new ArrayList<>();

  private FlatText() {}

  static FlatText of(JsonValue value) {
    FlatText flat = new FlatText();
    flat.add(value, "");
    return flat;
  }

  Bytes content() {
    return Bytes.wrap(out.toByteArray());
  }

  /// In the order in which [EgressRewrite] meets them.
  List<Piece> pieces() {
    return pieces;
  }

  private void add(JsonValue value, String path) {
    switch (value) {
      case JsonValue.Text text -> piece(text.value(), path);
      case JsonValue.Numeral number -> piece(number.literal(), path);
      case JsonValue.Truth _, JsonValue.Absent _ -> {}
      case JsonValue.Items items -> {
        for (int i = 0; i < items.values().size(); i++) {
          add(items.values().get(i), path + "[" + i + "]");
          literal("\n");
        }
      }
      case JsonValue.Members members -> {
        for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
          String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
          literal("\"");
          piece(member.getKey(), at);
          literal("\": ");
          boolean quoted = member.getValue() instanceof JsonValue.Text;
          literal(quoted ? "\"" : "");
          add(member.getValue(), at);
          literal(quoted ? "\"\n" : "\n");
        }
      }
    }
  }

  private void piece(String text, String path) {
    int start = out.size();
    literal(text);
    pieces.add(new Piece(text, path, start, out.size()));
  }

  private void literal(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
