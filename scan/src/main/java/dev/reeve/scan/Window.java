package dev.reeve.scan;

import dev.reeve.base.Check;
import java.nio.charset.StandardCharsets;

/// What a detector sees of the content around a trigger: a fixed number of bytes on both sides,
/// whatever chunks the content came in. Indices count from the start of the window; as a
/// `CharSequence` it shows each byte as one character (ISO 8859-1), so regular expressions work on
/// byte offsets. Valid during one call, in one thread.
public final class Window implements CharSequence {
  private byte[] array = new byte[0];
  private int from;
  private int to;
  private int triggerEnd;
  private int triggerLength;

  Window() {}

  void at(byte[] bytes, int windowFrom, int windowTo, int end, int length) {
    array = bytes;
    from = windowFrom;
    to = windowTo;
    triggerEnd = end - windowFrom;
    triggerLength = length;
  }

  /// Index of the trigger's first byte.
  public int triggerStart() {
    return triggerEnd - triggerLength;
  }

  /// Index after the trigger's last byte.
  public int triggerEnd() {
    return triggerEnd;
  }

  /// The byte here as 0 to 255, or -1 outside of the window.
  public int byteAt(int index) {
    int place = from + index;
    return index < 0 || place >= to ? -1 : array[place] & 0xff;
  }

  /// Whether an ASCII letter, digit or underscore stands here.
  public boolean isWordAt(int index) {
    return Ascii.isWord(byteAt(index));
  }

  /// Whether an ASCII digit stands here.
  public boolean isDigitAt(int index) {
    return Ascii.isDigit(byteAt(index));
  }

  /// Whether one of the words, given in lower case, stands between two indices, in any case and not
  /// inside of a longer word.
  public boolean mentions(Iterable<String> words, int start, int end) {
    String text =
        text(Math.max(0, start), Math.min(length(), end)).toLowerCase(java.util.Locale.ROOT);
    for (String word : words) {
      int at = text.indexOf(word);
      while (at >= 0) {
        if ((at == 0 || !Ascii.isLetter(text.charAt(at - 1)))
            && (at + word.length() == text.length()
                || !Ascii.isLetter(text.charAt(at + word.length())))) {
          return true;
        }
        at = text.indexOf(word, at + 1);
      }
    }
    return false;
  }

  /// The bytes between two indices, one character each.
  public String text(int start, int end) {
    return start >= end
        ? ""
        : new String(array, from + start, end - start, StandardCharsets.ISO_8859_1);
  }

  int offset(int index) {
    return from + index;
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public char charAt(int index) {
    return (char) (array[from + index] & 0xff);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    Check.argument(
        0 <= start && start <= end && end <= length(), "start: %s (expected: in range)", start);
    return text(start, end);
  }

  @Override
  public String toString() {
    return text(0, length());
  }
}
