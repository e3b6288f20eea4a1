package dev.reeve.governance.cif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON text to tree and back. Written compactly, escaped as `JSON.stringify` does it.
public final class JsonText {
  /// Below this depth a document is cut to `null`: deeper than any limit that is checked later.
  static final int DEPTH_READ_MAX = 1_000;

  private static final int CAPACITY_USUAL = 512;
  private static final String HEX = "0123456789abcdef";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonText() {}

  /// The tree of one document; empty when the text is not one, or names a member twice.
  public static Optional<JsonValue> parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonValue value = value(parser, 1);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("text is read from memory", e);
    }
  }

  private static JsonValue value(JsonParser parser, int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> depth > DEPTH_READ_MAX ? cut(parser) : members(parser, depth);
      case START_ARRAY -> depth > DEPTH_READ_MAX ? cut(parser) : items(parser, depth);
      case VALUE_STRING -> new JsonValue.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Numeral(parser.getText());
      case VALUE_TRUE -> new JsonValue.Truth(true);
      case VALUE_FALSE -> new JsonValue.Truth(false);
      default -> new JsonValue.Absent();
    };
  }

  private static JsonValue cut(JsonParser parser) throws IOException {
    parser.skipChildren();
    return new JsonValue.Absent();
  }

  private static JsonValue members(JsonParser parser, int depth) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser, depth + 1));
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue items(JsonParser parser, int depth) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth + 1));
    }
    return new JsonValue.Items(items);
  }

  /// The compact text of a tree.
  public static String write(JsonValue value) {
    StringBuilder out = new StringBuilder(CAPACITY_USUAL);
    write(value, out);
    return out.toString();
  }

  private static void write(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonValue.Text text -> quote(text.value(), out);
      case JsonValue.Numeral number -> out.append(number.literal());
      case JsonValue.Truth truth -> out.append(truth.value());
      case JsonValue.Absent _ -> out.append("null");
      case JsonValue.Items items -> {
        String comma = "";
        out.append('[');
        for (JsonValue item : items.values()) {
          out.append(comma);
          write(item, out);
          comma = ",";
        }
        out.append(']');
      }
      case JsonValue.Members members -> {
        String comma = "";
        out.append('{');
        for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
          out.append(comma);
          quote(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          comma = ",";
        }
        out.append('}');
      }
    }
  }

  /// A text between quotes, escaped.
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    quote(text, out);
    return out.toString();
  }

  /// What needs no escape is taken over in one piece.
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int taken = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || isLoneSurrogate(text, i)) {
        escape(c, out.append(text, taken, i));
        taken = i + 1;
      }
    }
    out.append(text, taken, text.length()).append('"');
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 0xf));
        }
      }
    }
  }
}
