package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.eigenlang.Token.Kind;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.List;

/// Splits a source into words, lines and changes of indentation, as Python does: brackets and a
/// backslash join lines, blank lines and comments count for nothing, a tab reaches to the next
/// multiple of eight.
final class Lexer {
  private static final int TAB = 8;

  /// Longest first.
  private static final List<String> OPERATORS =
      List.of(
          "**=", "//=", ">>=", "<<=", "...", "->", ":=", "**", "//", "<<", ">>", "<=", ">=", "==",
          "!=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "+", "-", "*", "/", "%", "@",
          "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=");

  private final String text;
  private final Diagnostics diagnostics;
  private final int depthMax;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Integer> indents = new ArrayList<>(List.of(0));

  /// Brackets that are open, by their place.
  private final List<Integer> open = new ArrayList<>();

  private int at;

  Lexer(Diagnostics diagnostics, EigenLangLimits limits) {
    this.text = diagnostics.source().text();
    this.diagnostics = diagnostics;
    this.depthMax = limits.depthMax();
  }

  /// The words, [Kind#END] last.
  List<Token> tokens() {
    if (text.startsWith("\uFEFF")) {
      at = 1;
    }
    boolean lineStart = true;
    while (at < text.length()) {
      if (lineStart && open.isEmpty()) {
        lineStart = !indentation();
      } else {
        lineStart = word();
      }
    }
    if (!open.isEmpty()) {
      diagnostics.note(open.getLast(), "a bracket that is never closed", "");
    }
    endLine();
    while (indents.size() > 1) {
      indents.removeLast();
      add(Kind.DEDENT, "", at);
    }
    add(Kind.END, "", at);
    return tokens;
  }

  private void add(Kind kind, String word, int offset) {
    tokens.add(new Token(kind, word, offset));
  }

  private void endLine() {
    if (!tokens.isEmpty()
        && tokens.getLast().kind() != Kind.NEWLINE
        && tokens.getLast().kind() != Kind.INDENT
        && tokens.getLast().kind() != Kind.DEDENT) {
      add(Kind.NEWLINE, "", at);
    }
  }

  /// Reads the blanks before a line; false when the line has nothing on it.
  private boolean indentation() {
    int column = 0;
    while (at < text.length() && isBlank(text.charAt(at))) {
      char c = text.charAt(at);
      column = c == '\t' ? (column / TAB + 1) * TAB : c == '\f' ? 0 : column + 1;
      at++;
    }
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    if (c == '#') {
      comment();
      return false;
    }
    if (c == '\n' || c == '\r') {
      at++;
      return false;
    }
    if (column > indents.getLast()) {
      if (indents.size() > depthMax) {
        throw diagnostics.limit(at, "blocks deeper than %d".formatted(depthMax));
      }
      indents.add(column);
      add(Kind.INDENT, "", at);
    }
    while (column < indents.getLast()) {
      indents.removeLast();
      add(Kind.DEDENT, "", at);
      if (column > indents.getLast()) {
        diagnostics.note(at, "an indentation that no line before has", "align it with its block");
        indents.add(column);
        return true;
      }
    }
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  /// Reads one word or skips blanks; true when the line ended.
  private boolean word() {
    char c = text.charAt(at);
    if (isBlank(c)) {
      at++;
    } else if (c == '#') {
      comment();
    } else if (c == '\n' || c == '\r') {
      if (open.isEmpty()) {
        endLine();
      }
      at++;
      return true;
    } else if (c == '\\') {
      joinLines();
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      tokens.add(new NumberLexer(text, at, diagnostics).token());
      at += Math.max(1, tokens.getLast().text().length());
    } else if (c == '"' || c == '\'') {
      string(at);
    } else if (Character.isUnicodeIdentifierStart(text.codePointAt(at)) || c == '_') {
      name();
    } else {
      operator();
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private void joinLines() {
    int next = at + 1;
    if (next < text.length() && text.charAt(next) == '\r') {
      next++;
    }
    if (next < text.length() && text.charAt(next) == '\n') {
      at = next + 1;
      return;
    }
    diagnostics.note(at, "a backslash that does not end its line", "");
    at++;
  }

  private void name() {
    int start = at;
    while (at < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == start) {
      at++;
    }
    String word = text.substring(start, at);
    boolean quote = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    if (quote && word.length() <= 2 && word.matches("(?i)[bfrtu]+")) {
      string(start);
    } else {
      add(Kind.NAME, word, start);
    }
  }

  private void string(int start) {
    StringLexer lexer = new StringLexer(text, start, at, diagnostics);
    add(Kind.STRING, lexer.value(), start);
    at = lexer.end();
  }

  private void operator() {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        bracket(operator);
        add(Kind.OPERATOR, operator, at);
        at += operator.length();
        return;
      }
    }
    int strange = text.codePointAt(at);
    diagnostics.note(at, "a character that no program has here: U+%04X".formatted(strange), "");
    at += Character.charCount(strange);
  }

  private void bracket(String operator) {
    switch (operator) {
      case "(", "[", "{" -> open.add(at);
      case ")", "]", "}" -> {
        if (open.isEmpty()) {
          diagnostics.note(at, "a bracket that was never opened: " + operator, "");
        } else {
          open.removeLast();
        }
      }
      default -> {}
    }
  }
}
