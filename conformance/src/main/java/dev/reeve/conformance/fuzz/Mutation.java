package dev.reeve.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Bytes that were a message once.
final class Mutation {
  private static final int ROUNDS_MAX = 4;
  private static final int NESTING_MAX = 3_000;
  private static final int HUGE = 2_500_000;

  private Mutation() {}

  /// A few changes, one after the other.
  static byte[] of(byte[] message, SplittableRandom random) {
    byte[] changed = message;
    for (int i = random.nextInt(1, ROUNDS_MAX); i > 0; i--) {
      changed = change(changed, random);
    }
    return changed;
  }

  private static byte[] change(byte[] bytes, SplittableRandom random) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    return switch (random.nextInt(8)) {
      case 0, 1 -> flipped(bytes, at, random);
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, RandomText.garbage(random, random.nextInt(1, 40)), at);
      case 4 -> spliced(bytes, at, new byte[0], Math.min(bytes.length, at + random.nextInt(1, 9)));
      case 5 -> spliced(bytes, bytes.length, bytes.clone(), bytes.length);
      // A length far beyond the end, and a group that never ends.
      case 6 -> spliced(bytes, at, new byte[] {0x0A, -1, -1, -1, -1, 0x7F}, at);
      default -> spliced(bytes, at, new byte[] {0x0B, 0x0B, 0x0B, 0x13}, at);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
    byte[] copy = bytes.clone();
    if (copy.length > 0) {
      copy[at] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] spliced(byte[] bytes, int from, byte[] middle, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  /// Field 1 in field 1 in field 1, whatever it was meant to be.
  static byte[] nested(SplittableRandom random) {
    byte[] inner = new byte[0];
    for (int i = random.nextInt(1, NESTING_MAX); i > 0; i--) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(random.nextInt(4) == 0 ? 0x12 : 0x0A);
      for (int rest = inner.length; ; rest >>>= 7) {
        out.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
        if (rest < 0x80) {
          break;
        }
      }
      out.writeBytes(inner);
      inner = out.toByteArray();
    }
    return inner;
  }

  /// One field of megabytes.
  static byte[] huge(SplittableRandom random) {
    int length = random.nextInt(HUGE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(random.nextBoolean() ? 0x0A : 0x12);
    for (int rest = length; ; rest >>>= 7) {
      out.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
      if (rest < 0x80) {
        break;
      }
    }
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) ('a' + random.nextInt(26)));
    out.writeBytes(content);
    return out.toByteArray();
  }
}
