package dev.reeve.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Words near a number that say what it is. Immutable.
final class ContextWords {
  private static final int BEFORE_BYTES = 64;
  private static final int AFTER_BYTES = 24;

  private final List<String> words;

  private ContextWords(List<String> words) {
    this.words = words;
  }

  /// In the form in which a window shows its bytes.
  static ContextWords of(String... words) {
    return new ContextWords(
        Arrays.stream(words)
            .map(word ->
                new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT))
            .toList());
  }

  /// Whether one of them stands within so many bytes before.
  boolean before(Window window, int start, int bytes) {
    return window.mentions(words, start - bytes, start);
  }

  /// Whether one of them stands near, before the start or after the end.
  boolean near(Window window, int start, int end) {
    return window.mentions(words, start - BEFORE_BYTES, start)
        || window.mentions(words, end, end + AFTER_BYTES);
  }
}
