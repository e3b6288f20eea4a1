package dev.reeve.policy;

import dev.reeve.policy.GlobChunk.Token;
import java.util.ArrayList;
import java.util.List;

/// Reads a [GoGlob] pattern once from left to right. Used once; not thread-safe.
///
/// Grammar: a class holds at least one range; in a class `-` and `]` must be escaped, and nothing
/// may end in the middle of an escape or a class.
final class GlobParser {
  private final String pattern;
  private final List<GlobChunk> chunks = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();
  private boolean star;
  private int at;

  GlobParser(String pattern) {
    this.pattern = pattern;
  }

  List<GlobChunk> chunks() {
    return List.copyOf(chunks);
  }

  /// Whether the pattern keeps to the grammar.
  boolean parse() {
    while (at < pattern.length()) {
      boolean good =
          switch (pattern.charAt(at)) {
            case '*' -> star();
            case '?' -> any();
            case '[' -> characterClass();
            default -> literal();
          };
      if (!good) {
        return false;
      }
    }
    endChunk();
    return true;
  }

  private boolean star() {
    if (!tokens.isEmpty()) {
      endChunk();
    }
    star = true;
    at++;
    return true;
  }

  private boolean any() {
    tokens.add(new GlobChunk.AnyCharacter());
    at++;
    return true;
  }

  private boolean literal() {
    if (pattern.charAt(at) == '\\') {
      at++;
    }
    if (at == pattern.length()) {
      return false;
    }
    tokens.add(new GlobChunk.Literal(next()));
    return true;
  }

  private boolean characterClass() {
    at++;
    boolean negated = peekIs('^');
    if (negated) {
      at++;
    }
    List<Integer> bounds = new ArrayList<>();
    while (!peekIs(']') || bounds.isEmpty()) {
      int first = bound();
      int last = first;
      if (first >= 0 && peekIs('-')) {
        at++;
        last = bound();
      }
      if (first < 0 || last < 0) {
        return false;
      }
      bounds.add(first);
      bounds.add(last);
    }
    at++;
    tokens.add(new GlobChunk.CharacterClass(negated, List.copyOf(bounds)));
    return true;
  }

  /// One end of a range, or -1 when there is none.
  private int bound() {
    if (at == pattern.length() || peekIs('-') || peekIs(']')) {
      return -1;
    }
    if (peekIs('\\')) {
      at++;
    }
    return at == pattern.length() ? -1 : next();
  }

  private boolean peekIs(char expected) {
    return at < pattern.length() && pattern.charAt(at) == expected;
  }

  private int next() {
    int character = pattern.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  private void endChunk() {
    if (star || !tokens.isEmpty()) {
      chunks.add(new GlobChunk(star, tokens));
      tokens.clear();
      star = false;
    }
  }
}
