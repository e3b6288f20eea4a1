package dev.reeve.quantum.qasm;

/// The parser's place in the tokens, with what every part of the parser needs: looking, expecting,
/// counting depth and starting anew after an error.
final class TokenCursor {
  private final Tokens tokens;
  private final QasmVersion version;
  private final QasmLimits limits;
  private final Diagnostics diagnostics;
  private int at;
  private int depth;

  TokenCursor(Tokens tokens, QasmVersion version, QasmLimits limits, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.version = version;
    this.limits = limits;
    this.diagnostics = diagnostics;
  }

  /// Lets go of the tokens that were read, but for the last.
  void forgetWhatIsRead() {
    at -= tokens.drop(Math.max(0, at - 1));
  }

  QasmVersion version() {
    return version;
  }

  boolean isVersion2() {
    return version == QasmVersion.V2;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  TokenKind kind() {
    return tokens.kind(at);
  }

  TokenKind kindAhead(int ahead) {
    return tokens.kindAhead(at, ahead);
  }

  boolean is(TokenKind kind) {
    return tokens.kind(at) == kind;
  }

  int offset() {
    return tokens.start(at);
  }

  String text() {
    return tokens.text(at);
  }

  /// The value of an integer of a few decimal digits, or -1 for any other.
  int smallInteger() {
    return tokens.smallInteger(at);
  }

  /// The value of a decimal number.
  double decimal() {
    return tokens.decimal(at);
  }

  /// Where something missing should have stood: behind the last token.
  int endOfPrevious() {
    return at == 0 ? 0 : tokens.end(at - 1);
  }

  void advance() {
    if (tokens.kind(at) != TokenKind.END_OF_FILE) {
      at++;
    }
  }

  boolean accept(TokenKind kind) {
    if (tokens.kind(at) != kind) {
      return false;
    }
    advance();
    return true;
  }

  void expect(TokenKind kind, String after) {
    if (!accept(kind)) {
      throw missing(kind.shown(), after);
    }
  }

  /// A comma between parts of a list; none need stand before its end.
  void commaUnless(TokenKind end, String after) {
    if (!is(end)) {
      expect(TokenKind.COMMA, after);
    }
  }

  String expectName(String what) {
    if (!is(TokenKind.IDENTIFIER)) {
      String hint = isWord() ? "\"" + text() + "\" is a word of the language" : "";
      throw diagnostics.invalid(offset(), "expected " + what + ", found " + found(), hint);
    }
    String name = text();
    advance();
    return name;
  }

  private boolean isWord() {
    return Character.isLetter(text().isEmpty() ? ' ' : text().charAt(0));
  }

  Diagnostics.Reported missing(String what, String after) {
    boolean semicolon = what.equals(TokenKind.SEMICOLON.shown());
    return semicolon
        ? diagnostics.invalid(endOfPrevious(), "missing ; after " + after)
        : unexpected(what + " after " + after);
  }

  Diagnostics.Reported unexpected(String expected) {
    return diagnostics.invalid(offset(), "expected " + expected + ", found " + found());
  }

  /// The token as messages name it.
  String found() {
    return switch (kind()) {
      case END_OF_FILE -> "the end of the program";
      case ANNOTATION, PRAGMA, CALIBRATION -> kind().shown();
      default -> {
        String text = text();
        yield "\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
      }
    };
  }

  /// Goes one level deeper; the caller must [#leave].
  void enter() {
    if (++depth > limits.nestingMax()) {
      throw diagnostics.limit(offset(), "nested deeper than %d".formatted(limits.nestingMax()));
    }
  }

  void leave() {
    depth--;
  }

  /// The depth to come back to after an error.
  int depth() {
    return depth;
  }

  /// After an error: behind the next semicolon of this block, or before its closing brace. A whole
  /// inner block is skipped.
  void recover(int depthBefore) {
    depth = depthBefore;
    int braces = 0;
    while (!is(TokenKind.END_OF_FILE)) {
      switch (kind()) {
        case LEFT_BRACE -> braces++;
        case RIGHT_BRACE -> {
          if (braces == 0) {
            return;
          }
          braces--;
          if (braces == 0) {
            advance();
            return;
          }
        }
        case SEMICOLON -> {
          if (braces == 0) {
            advance();
            return;
          }
        }
        case CALIBRATION, PRAGMA -> {
          if (braces == 0) {
            advance();
            return;
          }
        }
        default -> {}
      }
      advance();
    }
  }
}
