package dev.reeve.policy;

import java.util.List;

/// A run of a pattern between two stars.
///
/// @param star whether a star stands before it
/// @param tokens what it asks of one character after the other
record GlobChunk(boolean star, List<Token> tokens) {
  /// What one character must be.
  sealed interface Token {
    boolean fits(int character);
  }

  record Literal(int expected) implements Token {
    @Override
    public boolean fits(int character) {
      return character == expected;
    }
  }

  record AnyCharacter() implements Token {
    @Override
    public boolean fits(int character) {
      return character != '/';
    }
  }

  /// @param bounds first and last character of each range, in turn
  record CharacterClass(boolean negated, List<Integer> bounds) implements Token {
    @Override
    public boolean fits(int character) {
      for (int i = 0; i < bounds.size(); i += 2) {
        if (bounds.get(i) <= character && character <= bounds.get(i + 1)) {
          return !negated;
        }
      }
      return negated;
    }
  }

  GlobChunk {
    tokens = List.copyOf(tokens);
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  boolean isLiteral() {
    return tokens.stream().allMatch(Literal.class::isInstance);
  }

  String literalPrefix() {
    StringBuilder prefix = new StringBuilder();
    for (Token token : tokens) {
      if (!(token instanceof Literal(int expected))) {
        break;
      }
      prefix.appendCodePoint(expected);
    }
    return prefix.toString();
  }

  String literalSuffix() {
    StringBuilder suffix = new StringBuilder();
    for (Token token : tokens.reversed()) {
      if (!(token instanceof Literal(int expected))) {
        break;
      }
      suffix.insert(0, Character.toString(expected));
    }
    return suffix.toString();
  }

  /// Where the chunk ends in the name when it starts at `at`, or -1 when it does not fit there.
  ///
  /// @param toEnd whether it must reach the end of the name
  int fit(String name, int at, boolean toEnd) {
    int next = at;
    for (Token token : tokens) {
      if (next == name.length()) {
        return -1;
      }
      int character = name.codePointAt(next);
      if (!token.fits(character)) {
        return -1;
      }
      next += Character.charCount(character);
    }
    return toEnd && next != name.length() ? -1 : next;
  }
}
