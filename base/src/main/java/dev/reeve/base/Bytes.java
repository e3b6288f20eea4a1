package dev.reeve.base;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes with value equality, so that records may hold bytes.
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /// The bytes as they are now; later writes to the array are not seen.
  public static Bytes copyOf(byte[] source) {
    return source.length == 0 ? EMPTY : new Bytes(source.clone());
  }

  /// Takes the array as it is. The caller promises never to write to it again.
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned);
  }

  /// The UTF-8 form of a text; lone surrogates become `?`.
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads hex text of either case; throws `IllegalArgumentException` for any other text.
  public static Bytes hex(String text) {
    return wrap(HexFormat.of().parseHex(text));
  }

  /// Number of bytes.
  public int size() {
    return array.length;
  }

  /// Whether there are none.
  public boolean isEmpty() {
    return array.length == 0;
  }

  /// One byte, counted from 0.
  public byte at(int index) {
    return array[index];
  }

  /// A copy, the caller's own.
  public byte[] toArray() {
    return array.clone();
  }

  /// The backing array, for reading only: writers to sockets, digests and databases.
  public byte[] unsafeArray() {
    return array;
  }

  /// The bytes decoded as UTF-8; malformed sequences become U+FFFD.
  public String utf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  /// Lower-case hex text.
  public String hex() {
    return HexFormat.of().formatHex(array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
