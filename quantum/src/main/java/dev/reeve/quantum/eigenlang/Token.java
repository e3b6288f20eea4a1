package dev.reeve.quantum.eigenlang;

/// A word of the source.
///
/// @param text as written; of a string, what it says
/// @param offset of its first character in the source
record Token(Kind kind, String text, int offset) {
  /// Sorts of word.
  enum Kind {
    NAME,
    INTEGER,
    REAL,
    STRING,
    OPERATOR,
    /// The end of a logical line.
    NEWLINE,
    /// The following lines stand further in.
    INDENT,
    /// The following lines stand further out.
    DEDENT,
    END
  }

  boolean is(String operatorOrKeyword) {
    return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operatorOrKeyword);
  }
}
