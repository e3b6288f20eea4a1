package dev.reeve.quantum.qasm;

/// Cuts a source into tokens. A character that belongs to nothing is reported and skipped, so that
/// one slip does not hide the rest.
final class Lexer {
  private static final int AT_ONCE = 1 << 10;

  private final String text;
  private final QasmVersion version;
  private final QasmLimits limits;
  private final Diagnostics diagnostics;
  private final Tokens tokens;
  private final NumberLexer numbers;
  private int at;

  /// Whether the next brace opens a calibration block.
  private boolean calibration;

  private Lexer(
      SourceText source, QasmVersion version, QasmLimits limits, Diagnostics diagnostics) {
    this.text = source.text();
    this.version = version;
    this.limits = limits;
    this.diagnostics = diagnostics;
    this.tokens = new Tokens(text, version);
    this.numbers = new NumberLexer(text, version, diagnostics);
  }

  /// All tokens of a source.
  static Tokens lex(
      SourceText source, QasmVersion version, QasmLimits limits, Diagnostics diagnostics) {
    Lexer lexer = new Lexer(source, version, limits, diagnostics);
    boolean more = true;
    while (more) {
      more = lexer.cut();
    }
    return lexer.tokens;
  }

  /// The tokens of a source, cut from it as they are asked for. What is wrong shows then.
  static Tokens lazily(
      SourceText source, QasmVersion version, QasmLimits limits, Diagnostics diagnostics) {
    Lexer lexer = new Lexer(source, version, limits, diagnostics);
    lexer.tokens.moreBy(() -> {
      boolean _ = lexer.cut();
    });
    return lexer.tokens;
  }

  /// Cuts off some tokens; false when the last of them is the end of the file.
  private boolean cut() {
    for (int i = 0; i < AT_ONCE; i++) {
      if (!skipBlanks()) {
        tokens.add(TokenKind.END_OF_FILE, text.length(), text.length());
        return false;
      }
      if (tokens.counted() >= limits.tokensMax()) {
        throw diagnostics.limit(at, "more than %d tokens".formatted(limits.tokensMax()));
      }
      next();
    }
    return true;
  }

  /// Skips blanks and comments; false at the end.
  private boolean skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (c != '/') {
        return true;
      } else if (text.startsWith("//", at)) {
        at = endOfLine(at);
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          diagnostics.note(at, "comment without end", "close it with */");
        }
        at = end < 0 ? text.length() : end + 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private void next() {
    char c = text.charAt(at);
    if (isWordStart(at)) {
      word();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      at = numbers.lex(at, tokens);
    } else if (isPlainSign(c)) {
      sign();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (c == '$' && isDigit(peek(1))) {
      int start = at++;
      long number = 0;
      while (isDigit(peek(0))) {
        number = Math.min(Integer.MAX_VALUE, number * 10 + (text.charAt(at) - '0'));
        at++;
      }
      tokens.physicalQubit((int) number, start);
      tokens.add(TokenKind.HARDWARE_QUBIT, start, at);
    } else if (c == '@' && startsStatement()) {
      restOfLine(TokenKind.ANNOTATION);
    } else if (text.startsWith("#pragma", at)) {
      restOfLine(TokenKind.PRAGMA);
    } else if (text.startsWith("#dim", at) && version == QasmVersion.V3) {
      tokens.add(TokenKind.DIMENSIONS, at, at + 4);
      at += 4;
    } else if (c == '{' && calibration) {
      calibration = false;
      int start = at;
      at = endOfCalibration(start);
      tokens.add(TokenKind.CALIBRATION, start, at);
    } else {
      sign();
    }
  }

  /// What is a sign wherever it stands, and nearly all signs are.
  private static boolean isPlainSign(char c) {
    return c == '[' || c == ']' || c == ';' || c == ',' || c == '(' || c == ')';
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWordPart(at)) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (version == QasmVersion.V3 && at - start == 6 && text.startsWith("pragma", start)) {
      at = start;
      restOfLine(TokenKind.PRAGMA);
      return;
    }
    TokenKind kind = tokens.addWord(start, at);
    if (kind == TokenKind.CAL || kind == TokenKind.DEFCAL) {
      calibration = true;
    }
  }

  /// A calibration block speaks another language: it is taken whole, up to its closing brace.
  private int endOfCalibration(int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    diagnostics.note(start, "{ without }", "");
    return text.length();
  }

  private void string(char quote) {
    int start = at;
    int end = text.indexOf(quote, at + 1);
    if (end < 0 || end > endOfLine(at)) {
      diagnostics.note(start, "string without end", "close it with " + quote + " on the same line");
      at = endOfLine(at);
      return;
    }
    at = end + 1;
    tokens.add(TokenKind.STRING, start, at);
  }

  private void restOfLine(TokenKind kind) {
    int start = at;
    at = endOfLine(at);
    tokens.add(kind, start, at);
  }

  /// `@` opens an annotation where a statement may begin; anywhere else it follows a modifier.
  private boolean startsStatement() {
    return switch (tokens.last()) {
      case SEMICOLON, LEFT_BRACE, RIGHT_BRACE, ANNOTATION, PRAGMA, END_OF_FILE -> true;
      default -> false;
    };
  }

  private void sign() {
    TokenKind kind = Signs.match(text, at);
    if (kind == null) {
      String shown = Character.toString(text.codePointAt(at));
      diagnostics.note(at, "character " + quoted(shown) + " has no meaning here", "");
      at += shown.length();
      return;
    }
    int length = kind == TokenKind.COMPOUND_ASSIGN ? Signs.compoundLength(text, at) : 0;
    int end = at + (length > 0 ? length : kind.text().length());
    tokens.add(kind, at, end);
    at = end;
  }

  private static String quoted(String character) {
    int code = character.codePointAt(0);
    return Character.isISOControl(code) ? "U+%04X".formatted(code) : "\"" + character + "\"";
  }

  private int endOfLine(int from) {
    return endOfLine(text, from);
  }

  /// Where the line ends, by either sign of it.
  static int endOfLine(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  /// Blanks, line ends, and the mark that some editors put at the start of a file.
  static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\uFEFF';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isWordStart(int offset) {
    char c = text.charAt(offset);
    return c < 128 ? isLetter(c) : Character.isLetter(text.codePointAt(offset));
  }

  private boolean isWordPart(int offset) {
    char c = text.charAt(offset);
    return c < 128 ? isLetter(c) || isDigit(c) : isLetterOrNumber(text.codePointAt(offset));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isLetterOrNumber(int code) {
    return Character.isLetter(code) || Character.getType(code) == Character.LETTER_NUMBER;
  }
}
