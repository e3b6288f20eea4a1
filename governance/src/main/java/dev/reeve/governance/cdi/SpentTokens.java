package dev.reeve.governance.cdi;

import java.util.concurrent.atomic.AtomicLongArray;

/// Which numbers were spent, of the newest four million: one bit each, in a ring of a fixed size. A
/// number that the ring has moved past counts as spent. Thread-safe, without locks.
final class SpentTokens {
  private static final int NUMBERS_PER_WORD = Integer.SIZE;
  private static final int WORDS = 128 * 1024;

  /// How many numbers are told apart.
  static final int NUMBERS = NUMBERS_PER_WORD * WORDS;

  /// The round in the upper half says which numbers the bits in the lower half are.
  private final AtomicLongArray words = new AtomicLongArray(WORDS);

  /// Spends a number.
  ///
  /// @param number from 1 on
  /// @return whether this call did it; false when it was spent before
  boolean spend(long number) {
    int index = index(number);
    long bit = 1L << (number % NUMBERS_PER_WORD);
    while (true) {
      long word = words.get(index);
      long bits = bits(word, round(number));
      if ((bits & bit) != 0) {
        return false;
      }
      if (words.compareAndSet(index, word, round(number) << Integer.SIZE | bits | bit)) {
        return true;
      }
    }
  }

  boolean isSpent(long number) {
    long bit = 1L << (number % NUMBERS_PER_WORD);
    return (bits(words.get(index(number)), round(number)) & bit) != 0;
  }

  /// The bits of a round: none when the word is still of an older one, all when it is of a newer.
  private static long bits(long word, long round) {
    long at = word >>> Integer.SIZE;
    if (at == round) {
      return word & 0xFFFF_FFFFL;
    }
    return at < round ? 0 : 0xFFFF_FFFFL;
  }

  private static int index(long number) {
    return (int) (number / NUMBERS_PER_WORD % WORDS);
  }

  private static long round(long number) {
    return number / NUMBERS;
  }
}
