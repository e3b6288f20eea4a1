package dev.reeve.quantum.qasm;

import java.util.Arrays;

/// The words of a source, each made once: a circuit names the same few gates and registers a
/// million times. A word that falls on the place of another takes it.
final class Words {
  private static final int PLACES = 1 << 12;

  private final String text;
  private final QasmVersion version;
  private final String[] words = new String[PLACES];
  private final TokenKind[] kinds = new TokenKind[PLACES];

  Words(String text, QasmVersion version) {
    this.text = text;
    this.version = version;
    Arrays.fill(words, "");
    Arrays.fill(kinds, TokenKind.IDENTIFIER);
  }

  /// The word in a place.
  String word(int place) {
    return words[place];
  }

  /// What the word in a place is in the language.
  TokenKind kind(int place) {
    return kinds[place];
  }

  /// The place that has the word between two offsets, until another falls on it.
  int place(int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    int place = (hash ^ hash >>> 12) & (PLACES - 1);
    String known = words[place];
    if (known.length() != end - start || !text.startsWith(known, start)) {
      String word = text.substring(start, end);
      words[place] = word;
      kinds[place] = TokenKind.ofWord(word, version);
    }
    return place;
  }
}
