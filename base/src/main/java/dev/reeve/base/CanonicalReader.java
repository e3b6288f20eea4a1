package dev.reeve.base;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The strict reader of what [CanonicalWriter] writes: no white space, members ascending and
/// unique, integers only, no null, nothing after the document, at most 64 levels deep. Anything
/// else throws [CanonicalFormatException] with the byte offset. Not thread-safe.
public final class CanonicalReader {
  private static final int DEPTH_MAX = 64;

  private final byte[] input;
  private int at;

  private CanonicalReader(byte[] input) {
    this.input = input;
  }

  public static CanonicalObject object(Bytes document) {
    CanonicalReader reader = new CanonicalReader(document.unsafeArray());
    Object value = reader.value(0);
    if (reader.at != reader.input.length) {
      throw reader.unexpected("end of document");
    }
    if (value instanceof CanonicalObject object) {
      return object;
    }
    throw new CanonicalFormatException("document is not an object");
  }

  /// A document that is an array of objects.
  public static List<CanonicalObject> objects(Bytes document) {
    CanonicalReader reader = new CanonicalReader(document.unsafeArray());
    List<CanonicalObject> objects = new ArrayList<>();
    Object value = reader.value(0);
    if (reader.at != reader.input.length || !(value instanceof List<?> elements)) {
      throw new CanonicalFormatException("document is not an array");
    }
    for (Object element : elements) {
      if (!(element instanceof CanonicalObject object)) {
        throw new CanonicalFormatException("element is not an object");
      }
      objects.add(object);
    }
    return objects;
  }

  private Object value(int depth) {
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> text();
      case 't' -> literal("true", Boolean.TRUE);
      case 'f' -> literal("false", Boolean.FALSE);
      default -> number();
    };
  }

  private CanonicalObject object(int depth) {
    CanonicalObject object = new CanonicalObject();
    open(depth);
    if (peek() == '}') {
      at++;
      return object;
    }
    String last = "";
    boolean first = true;
    while (true) {
      String key = text();
      if (!first && key.compareTo(last) <= 0) {
        throw unexpected("members in ascending order");
      }
      expect(':');
      object.put(key, value(depth + 1));
      last = key;
      first = false;
      if (peek() == '}') {
        at++;
        return object;
      }
      expect(',');
    }
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    open(depth);
    if (peek() == ']') {
      at++;
      return elements;
    }
    while (true) {
      elements.add(value(depth + 1));
      if (peek() == ']') {
        at++;
        return elements;
      }
      expect(',');
    }
  }

  private void open(int depth) {
    if (depth >= DEPTH_MAX) {
      throw unexpected("at most " + DEPTH_MAX + " levels");
    }
    at++;
  }

  private String text() {
    expect('"');
    int start = at;
    boolean plain = true;
    while (peek() != '"') {
      byte b = input[at];
      if (b == '\\') {
        return escapedText(start);
      }
      refuseRawControl(b);
      plain &= b > 0;
      at++;
    }
    String text =
        plain
            ? new String(input, start, at - start, StandardCharsets.ISO_8859_1)
            : decode(start, at);
    at++;
    return text;
  }

  private String escapedText(int start) {
    StringBuilder out = new StringBuilder();
    int run = start;
    while (peek() != '"') {
      if (input[at] == '\\') {
        out.append(decode(run, at));
        at++;
        out.append(escape());
        run = at;
      } else {
        refuseRawControl(input[at]);
        at++;
      }
    }
    out.append(decode(run, at));
    at++;
    return out.toString();
  }

  private void refuseRawControl(byte b) {
    if (b >= 0 && b < 0x20) {
      throw unexpected("an escaped control character");
    }
  }

  private char escape() {
    byte b = peek();
    at++;
    return switch (b) {
      case '"' -> '"';
      case '\\' -> '\\';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> control();
      default -> throw unexpected("an escape");
    };
  }

  private char control() {
    if (input.length - at < 4) {
      throw unexpected("four hex digits");
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      code = code * 16 + lowerHexDigit(input[at++]);
    }
    boolean hasShortForm =
        code == '\b' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
    if (code >= 0x20 || hasShortForm) {
      throw unexpected("the character itself or its short escape");
    }
    return (char) code;
  }

  private int lowerHexDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    if (b >= 'a' && b <= 'f') {
      return b - 'a' + 10;
    }
    throw unexpected("a lower-case hex digit");
  }

  private String decode(int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(input, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw unexpected("UTF-8");
    }
  }

  private Long number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    long value = 0;
    while (at < input.length && input[at] >= '0' && input[at] <= '9') {
      value = value * 10 + (input[at] - '0');
      at++;
      if (value > CanonicalWriter.INTEGER_MAX) {
        throw unexpected("an integer within +-2^53");
      }
    }
    boolean none = at == digits;
    boolean leadingZero = !none && input[digits] == '0' && at - digits > 1;
    boolean minusZero = digits > start && value == 0;
    if (none || leadingZero || minusZero) {
      throw unexpected("a value");
    }
    return digits > start ? -value : value;
  }

  private Boolean literal(String word, Boolean value) {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
    return value;
  }

  private byte peek() {
    if (at >= input.length) {
      throw unexpected("more");
    }
    return input[at];
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    at++;
  }

  private CanonicalFormatException unexpected(String expected) {
    return new CanonicalFormatException("byte " + at + ": (expected: " + expected + ")");
  }
}
