package dev.reeve.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/// UUIDs in 16 bytes, for texts in the one form that comes back the same: 36 characters, hex digits
/// in lower case.
final class UuidText {
  /// Bytes of a packed UUID.
  static final int LENGTH_BYTES = 16;

  private static final int LENGTH = 36;
  private static final byte[] DIGITS = digits();

  private UuidText() {}

  private static byte[] digits() {
    byte[] digits = new byte[0x80];
    Arrays.fill(digits, (byte) -1);
    byte[] hex = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    for (byte digit = 0; digit < hex.length; digit++) {
      digits[hex[digit]] = digit;
    }
    return digits;
  }

  /// Packs a text into 16 bytes of room.
  ///
  /// @return whether it is such a text; what the room holds else is not said
  static boolean pack(String text, byte[] out, int at) {
    if (text.length() != LENGTH) {
      return false;
    }
    int wrong = 0;
    int place = at;
    for (int i = 0; i < LENGTH; i += 2) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        wrong |= (text.charAt(i++) ^ '-') << 4;
      }
      int high = digit(text.charAt(i));
      int low = digit(text.charAt(i + 1));
      wrong |= high | low;
      out[place++] = (byte) ((high << 4) | low);
    }
    return (wrong & ~15) == 0;
  }

  /// Below zero for what is no digit.
  private static int digit(char c) {
    return c < DIGITS.length ? DIGITS[c] : -1;
  }

  /// The text of 16 bytes.
  static String unpack(byte[] packed) {
    ByteBuffer buffer = ByteBuffer.wrap(packed);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }
}
