package dev.reeve.service.provider;

import dev.reeve.policy.ContentMatch;
import dev.reeve.scan.ScanLimits;

/// How much of a stream stays back because a match may be growing at its end.
///
/// Detectors of secrets and personal data match within a word, a run of groups with digits (cards,
/// phones, accounts), or a block that begins with dashes (keys); rules of the user match what they
/// say. Never less than the last word is held.
final class HoldBack {
  /// The whole answer has to be there.
  static final int WHOLE = Integer.MAX_VALUE;

  private static final int WORD_LENGTH_MAX = 512;
  private static final int GROUP_LENGTH_MAX = 4;
  private static final int BLOCK_LENGTH_MAX = ScanLimits.LOOK_AHEAD_BYTES;
  private static final String BLOCK = "-----";
  private static final int FIRST_IDEOGRAPH = 0x2E80;

  private HoldBack() {}

  /// Characters that a rule may match at once; [#WHOLE] when it asks about the answer as a whole.
  static int of(ContentMatch match) {
    if (match.sizeAbove().isPresent()) {
      return WHOLE;
    }
    int longest = match.patterns().isEmpty() ? 0 : ScanLimits.REGION_BYTES;
    for (String keyword : match.keywords()) {
      longest = Math.max(longest, keyword.length());
    }
    return longest;
  }

  /// How many characters at the beginning may leave now.
  ///
  /// @param held text that has not left
  /// @param least characters that stay in any case
  static int releasable(String held, int least) {
    int end = Math.max(0, held.length() - least);
    int at = wordStart(held, end);
    while (at > 0) {
      int blank = at;
      while (blank > 0 && Character.isWhitespace(held.charAt(blank - 1))) {
        blank--;
      }
      int start = wordStart(held, blank);
      if (start == blank || !isGroup(held, start, blank)) {
        break;
      }
      at = start;
    }
    int block = held.indexOf(BLOCK);
    if (block >= 0 && block < at && held.length() - block <= BLOCK_LENGTH_MAX) {
      at = block;
    }
    return held.length() - at > Math.max(BLOCK_LENGTH_MAX, least)
        ? split(held, held.length() - WORD_LENGTH_MAX)
        : split(held, at);
  }

  /// Where the word begins that reaches up to an index.
  private static int wordStart(String text, int end) {
    int at = end;
    while (at > 0 && !isBoundary(text.charAt(at - 1)) && end - at < WORD_LENGTH_MAX) {
      at--;
    }
    return at;
  }

  private static boolean isBoundary(char c) {
    return Character.isWhitespace(c) || (c >= FIRST_IDEOGRAPH && !Character.isSurrogate(c));
  }

  /// Whether a word may be a part of a number written in groups: it has a digit, or is as short as
  /// a group of capitals in an account number.
  private static boolean isGroup(String text, int from, int to) {
    boolean capitals = to - from <= GROUP_LENGTH_MAX;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        return true;
      }
      capitals &= (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '(' || c == ')';
    }
    return capitals;
  }

  /// Never between the two halves of a character.
  private static int split(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
