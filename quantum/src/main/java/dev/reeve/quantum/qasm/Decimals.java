package dev.reeve.quantum.qasm;

import java.math.BigInteger;

/// Turns decimal numbers into the nearest double, straight from the source: a circuit may have a
/// million angles. Numbers of at most 18 digits and common size are worked out from one product of
/// 64 bits by the 128 highest bits of a power of ten; where those cannot tell which of two doubles
/// is nearer, and for all other numbers, the platform's own reader does it.
final class Decimals {
  private static final int DIGITS_MAX = 18;

  /// Powers of ten that are kept: from -POWER_MAX to POWER_MAX.
  private static final int POWER_MAX = 64;

  private static final long[] HIGH = new long[2 * POWER_MAX + 1];
  private static final long[] LOW = new long[2 * POWER_MAX + 1];

  /// Bits of a product below those that a double keeps.
  private static final int BELOW = 0x1FF;

  private static final int BIAS = 1023;
  private static final int FRACTION_BITS = 52;

  static {
    for (int power = -POWER_MAX; power <= POWER_MAX; power++) {
      BigInteger bits = highestBits(power);
      HIGH[power + POWER_MAX] = bits.shiftRight(64).longValue();
      LOW[power + POWER_MAX] = bits.longValue();
    }
  }

  private Decimals() {}

  /// The 128 highest bits of a power of ten, the rest cut off.
  private static BigInteger highestBits(int power) {
    BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
    BigInteger whole = power >= 0 ? ten : BigInteger.ONE.shiftLeft(4 * 128).divide(ten);
    int more = whole.bitLength() - 128;
    return more >= 0 ? whole.shiftRight(more) : whole.shiftLeft(-more);
  }

  /// The number that is written between two offsets: digits, maybe a point, maybe an exponent, and
  /// underscores between digits.
  ///
  /// @return infinity when it is too large
  static double read(String text, int start, int end) {
    long digits = 0;
    int count = 0;
    int power = 0;
    boolean point = false;
    int at = start;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (Lexer.isDigit(c)) {
        digits = 10 * digits + (c - '0');
        count += count > 0 || c != '0' ? 1 : 0;
        power -= point ? 1 : 0;
        if (count > DIGITS_MAX) {
          return byPlatform(text, start, end);
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (at < end) {
      int exponent = exponent(text, at, end);
      if (exponent == Integer.MIN_VALUE) {
        return byPlatform(text, start, end);
      }
      power += exponent;
    }
    double value = Math.abs(power) > POWER_MAX ? Double.NaN : nearest(digits, power);
    return Double.isNaN(value) ? byPlatform(text, start, end) : value;
  }

  private static double byPlatform(String text, int start, int end) {
    return Double.parseDouble(text.substring(start, end).replace("_", ""));
  }

  /// The exponent behind an `e`; the least integer when it is none of a few digits.
  private static int exponent(String text, int from, int end) {
    int at = from + 1;
    boolean negative = at < end && text.charAt(at) == '-';
    if (at < end && (negative || text.charAt(at) == '+')) {
      at++;
    }
    if ((text.charAt(from) != 'e' && text.charAt(from) != 'E') || at == end || end - at > 3) {
      return Integer.MIN_VALUE;
    }
    int value = 0;
    for (; at < end; at++) {
      if (!Lexer.isDigit(text.charAt(at))) {
        return Integer.MIN_VALUE;
      }
      value = 10 * value + (text.charAt(at) - '0');
    }
    return negative ? -value : value;
  }

  /// The double that is nearest to digits times a power of ten; no number when that takes more bits
  /// than are at hand.
  private static double nearest(long digits, int power) {
    if (digits == 0) {
      return 0;
    }
    int shift = Long.numberOfLeadingZeros(digits);
    long factor = digits << shift;
    long high = Math.unsignedMultiplyHigh(factor, HIGH[power + POWER_MAX]);
    long low = factor * HIGH[power + POWER_MAX];
    if ((high & BELOW) == BELOW && Long.compareUnsigned(low + factor, factor) < 0) {
      long carried = low + Math.unsignedMultiplyHigh(factor, LOW[power + POWER_MAX]);
      high += Long.compareUnsigned(carried, low) < 0 ? 1 : 0;
      low = carried;
      if ((high & BELOW) == BELOW && low == -1) {
        return Double.NaN;
      }
    }
    int top = (int) (high >>> 63);
    long mantissa = high >>> (top + 9);
    if (low == 0 && (high & BELOW) == 0 && (mantissa & 3) == 1) {
      return Double.NaN;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    int binary = floorOfLog2(power) + 64 - shift - (1 - top);
    if (mantissa >>> (FRACTION_BITS + 1) != 0) {
      mantissa >>>= 1;
      binary++;
    }
    long fraction = mantissa & ((1L << FRACTION_BITS) - 1);
    return Double.longBitsToDouble(((long) (binary + BIAS) << FRACTION_BITS) | fraction);
  }

  /// The logarithm of a power of ten to base 2, rounded down.
  private static int floorOfLog2(int power) {
    return (217_706 * power) >> 16;
  }
}
