package dev.reeve.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Writes the canonical bytes in which events, receipts and snapshots are kept: RFC 8785 JSON,
/// restricted to objects, arrays, text, booleans and integers within plus or minus 2^53. No floats,
/// no null: a fractional number is decimal text, an absent member is left out.
///
/// The caller names members in ascending order (UTF-16 code units); a wrong order is a defect and
/// throws, so there is no sorting on the hot path. Not thread-safe.
public final class CanonicalWriter {
  /// Largest integer that every JSON reader keeps exact.
  public static final long INTEGER_MAX = 1L << 53;

  private static final int INTEGER_DIGITS = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final boolean[] PLAIN = plain();

  private byte[] buffer;
  private int size;
  private boolean needsComma;
  private String lastKey = "";
  private boolean keyWritten;
  private final List<String> outerKeys = new ArrayList<>();

  public CanonicalWriter() {
    this(256);
  }

  public CanonicalWriter(int capacityBytes) {
    buffer = new byte[capacityBytes];
  }

  public CanonicalWriter beginObject() {
    separate();
    outerKeys.add(lastKey);
    lastKey = "";
    keyWritten = false;
    put('{');
    needsComma = false;
    return this;
  }

  public CanonicalWriter endObject() {
    put('}');
    lastKey = outerKeys.removeLast();
    keyWritten = true;
    needsComma = true;
    return this;
  }

  public CanonicalWriter beginArray() {
    separate();
    put('[');
    needsComma = false;
    return this;
  }

  public CanonicalWriter endArray() {
    put(']');
    needsComma = true;
    return this;
  }

  public CanonicalWriter key(String key) {
    checkOrder(key);
    separate();
    lastKey = key;
    keyWritten = true;
    text(key);
    put(':');
    needsComma = false;
    return this;
  }

  public CanonicalWriter member(String key, String value) {
    return key(key).value(value);
  }

  public CanonicalWriter member(String key, long value) {
    return key(key).value(value);
  }

  public CanonicalWriter member(String key, boolean value) {
    return key(key).value(value);
  }

  /// Lower-case hex text.
  public CanonicalWriter member(String key, Bytes value) {
    key(key);
    byte[] bytes = value.unsafeArray();
    ensure(2 * bytes.length + 2);
    byte[] out = buffer;
    int at = size;
    out[at++] = '"';
    for (byte b : bytes) {
      out[at++] = HEX[(b >> 4) & 15];
      out[at++] = HEX[b & 15];
    }
    out[at++] = '"';
    size = at;
    needsComma = true;
    return this;
  }

  public CanonicalWriter member(String key, Collection<String> values) {
    key(key).beginArray();
    for (String value : values) {
      value(value);
    }
    return endArray();
  }

  /// An object of texts; sorts the names, so for small maps only.
  public CanonicalWriter member(String key, Map<String, String> values) {
    key(key).beginObject();
    String[] names = values.keySet().toArray(String[]::new);
    Arrays.sort(names);
    for (String name : names) {
      member(name, values.getOrDefault(name, ""));
    }
    return endObject();
  }

  /// Writes the member only when the text is not empty.
  public CanonicalWriter memberUnlessEmpty(String key, String value) {
    return value.isEmpty() ? this : member(key, value);
  }

  /// Writes the member only when the number is not zero.
  public CanonicalWriter memberUnlessZero(String key, long value) {
    return value == 0 ? this : member(key, value);
  }

  public CanonicalWriter value(String value) {
    separate();
    text(value);
    needsComma = true;
    return this;
  }

  public CanonicalWriter value(long value) {
    Check.argument(
        value >= -INTEGER_MAX && value <= INTEGER_MAX,
        "integer: %s (expected: within +-2^53)",
        value);
    separate();
    number(value);
    needsComma = true;
    return this;
  }

  public CanonicalWriter value(boolean value) {
    separate();
    ascii(value ? "true" : "false");
    needsComma = true;
    return this;
  }

  /// A complete canonical document as one value, written before by this class.
  public CanonicalWriter raw(Bytes document) {
    separate();
    append(document);
    needsComma = true;
    return this;
  }

  /// Members as this class wrote them before, names and values without a comma around them.
  ///
  /// @param key the name by which they have their place among those before and behind: of one
  ///   member its own
  public CanonicalWriter rawMember(String key, Bytes written) {
    checkOrder(key);
    separate();
    lastKey = key;
    keyWritten = true;
    append(written);
    needsComma = true;
    return this;
  }

  private void append(Bytes written) {
    byte[] bytes = written.unsafeArray();
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /// Forgets what was written, to write another document in the same room.
  public CanonicalWriter reset() {
    size = 0;
    needsComma = false;
    lastKey = "";
    keyWritten = false;
    outerKeys.clear();
    return this;
  }

  /// Updates a digest with the bytes written so far.
  public void digestInto(MessageDigest digest) {
    digest.update(buffer, 0, size);
  }

  /// What was written from an offset on; of whole members, without the comma before them, it can be
  /// given to [#rawMember] again.
  public Bytes written(int from) {
    return Bytes.wrap(Arrays.copyOfRange(buffer, from, size));
  }

  /// Bytes written so far.
  public int size() {
    return size;
  }

  public Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(buffer, size));
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[0x80];
    for (char c = 0x20; c < 0x80; c++) {
      plain[c] = c != '"' && c != '\\';
    }
    return plain;
  }

  private void checkOrder(String key) {
    boolean isAfter = !keyWritten || key.compareTo(lastKey) > 0;
    if (!isAfter) {
      throw new IllegalStateException(
          "key: "
              + key
              + " (expected: after "
              + lastKey
              + ", members are written in ascending order)");
    }
  }

  private void separate() {
    if (needsComma) {
      put(',');
    }
  }

  private void text(String value) {
    int length = value.length();
    ensure(length + 2);
    buffer[size++] = '"';
    int i = plain(value, 0, length);
    while (i < length) {
      i = escapeOrEncode(value, i);
      ensure(length - i + 1);
      i = plain(value, i, length);
    }
    put('"');
  }

  /// Writes what stands for itself, into the room that there is; most texts are nothing else.
  ///
  /// @return where it ends
  private int plain(String value, int from, int length) {
    byte[] out = buffer;
    int at = size;
    int i = from;
    while (i < length) {
      char c = value.charAt(i);
      if (c >= 0x80 || !PLAIN[c]) {
        break;
      }
      out[at++] = (byte) c;
      i++;
    }
    size = at;
    return i;
  }

  private int escapeOrEncode(String value, int i) {
    char c = value.charAt(i);
    switch (c) {
      case '"', '\\' -> {
        put('\\');
        put(c);
      }
      case '\b' -> ascii("\\b");
      case '\f' -> ascii("\\f");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        return c < 0x20 ? control(c, i) : utf8(value, i);
      }
    }
    return i + 1;
  }

  private int control(char c, int i) {
    ascii("\\u00");
    put(HEX[c >> 4]);
    put(HEX[c & 15]);
    return i + 1;
  }

  private int utf8(String value, int i) {
    int point = value.codePointAt(i);
    Check.argument(
        point < 0xD800 || point > 0xDFFF, "text: lone surrogate at %s (expected: Unicode text)", i);
    ensure(4);
    if (point < 0x800) {
      put(0xC0 | (point >> 6));
    } else if (point < 0x10000) {
      put(0xE0 | (point >> 12));
      put(0x80 | ((point >> 6) & 0x3F));
    } else {
      put(0xF0 | (point >> 18));
      put(0x80 | ((point >> 12) & 0x3F));
      put(0x80 | ((point >> 6) & 0x3F));
    }
    put(0x80 | (point & 0x3F));
    return i + Character.charCount(point);
  }

  private void number(long value) {
    long rest = Math.abs(value);
    int digits = 1;
    for (long bound = 10; digits < INTEGER_DIGITS && rest >= bound; bound *= 10) {
      digits++;
    }
    ensure(digits + 1);
    if (value < 0) {
      buffer[size++] = '-';
    }
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  private void ascii(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer[size++] = (byte) text.charAt(i);
    }
  }

  private void put(int b) {
    if (size == buffer.length) {
      ensure(1);
    }
    buffer[size++] = (byte) b;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
