package dev.reeve.quantum.qasm;

import org.jspecify.annotations.Nullable;

/// Recognises the signs of the language, the longest first.
final class Signs {
  private static final String[] COMPOUND = {
    "**=", "<<=", ">>=", "+=", "-=", "*=", "/=", "&=", "|=", "~=", "^=", "%="
  };

  private Signs() {}

  static @Nullable TokenKind match(String text, int at) {
    if (compoundLength(text, at) > 0) {
      return TokenKind.COMPOUND_ASSIGN;
    }
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    return switch (text.charAt(at)) {
      case '(' -> TokenKind.LEFT_PARENTHESIS;
      case ')' -> TokenKind.RIGHT_PARENTHESIS;
      case '[' -> TokenKind.LEFT_BRACKET;
      case ']' -> TokenKind.RIGHT_BRACKET;
      case '{' -> TokenKind.LEFT_BRACE;
      case '}' -> TokenKind.RIGHT_BRACE;
      case ',' -> TokenKind.COMMA;
      case ';' -> TokenKind.SEMICOLON;
      case ':' -> TokenKind.COLON;
      case '.' -> TokenKind.DOT;
      case '@' -> TokenKind.AT;
      case '/' -> TokenKind.SLASH;
      case '%' -> TokenKind.PERCENT;
      case '^' -> TokenKind.CARET;
      case '~' -> TokenKind.TILDE;
      case '-' -> next == '>' ? TokenKind.ARROW : TokenKind.MINUS;
      case '+' -> next == '+' ? TokenKind.PLUS_PLUS : TokenKind.PLUS;
      case '*' -> next == '*' ? TokenKind.STAR_STAR : TokenKind.STAR;
      case '&' -> next == '&' ? TokenKind.AMPERSAND_AMPERSAND : TokenKind.AMPERSAND;
      case '|' -> next == '|' ? TokenKind.PIPE_PIPE : TokenKind.PIPE;
      case '!' -> next == '=' ? TokenKind.NOT_EQUAL : TokenKind.EXCLAMATION;
      case '=' -> next == '=' ? TokenKind.EQUAL : TokenKind.ASSIGN;
      case '<' ->
          next == '<'
              ? TokenKind.SHIFT_LEFT
              : next == '=' ? TokenKind.LESS_OR_EQUAL : TokenKind.LESS;
      case '>' ->
          next == '>'
              ? TokenKind.SHIFT_RIGHT
              : next == '=' ? TokenKind.GREATER_OR_EQUAL : TokenKind.GREATER;
      default -> null;
    };
  }

  private static boolean isEqual(String text, int at) {
    return at < text.length() && text.charAt(at) == '=';
  }

  /// Length of an operator with its `=`, or 0 when there is none here.
  static int compoundLength(String text, int at) {
    if (!isEqual(text, at + 1) && !isEqual(text, at + 2)) {
      return 0;
    }
    for (String sign : COMPOUND) {
      if (text.startsWith(sign, at)) {
        return sign.length();
      }
    }
    return 0;
  }
}
