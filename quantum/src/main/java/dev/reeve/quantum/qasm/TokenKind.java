package dev.reeve.quantum.qasm;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Kinds of token. Keywords are named after themselves; which of them are words of the language
/// depends on its version.
enum TokenKind {
  END_OF_FILE("end of file"),
  IDENTIFIER("a name"),
  INTEGER("an integer"),
  FLOAT("a number"),
  STRING("a string"),
  TIMING("a duration"),
  IMAGINARY("an imaginary number"),
  HARDWARE_QUBIT("a physical qubit"),
  ANNOTATION("an annotation"),
  PRAGMA("a pragma"),
  CALIBRATION("a calibration block"),

  LEFT_PARENTHESIS("("),
  RIGHT_PARENTHESIS(")"),
  LEFT_BRACKET("["),
  RIGHT_BRACKET("]"),
  LEFT_BRACE("{"),
  RIGHT_BRACE("}"),
  COMMA(","),
  SEMICOLON(";"),
  COLON(":"),
  DOT("."),
  ARROW("->"),
  AT("@"),
  PLUS("+"),
  PLUS_PLUS("++"),
  MINUS("-"),
  STAR("*"),
  STAR_STAR("**"),
  SLASH("/"),
  PERCENT("%"),
  CARET("^"),
  AMPERSAND("&"),
  AMPERSAND_AMPERSAND("&&"),
  PIPE("|"),
  PIPE_PIPE("||"),
  TILDE("~"),
  EXCLAMATION("!"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  ASSIGN("="),
  /// An operator followed by `=`.
  COMPOUND_ASSIGN("an assignment"),
  /// `#dim`, the number of dimensions of an array that a subroutine takes.
  DIMENSIONS("#dim"),

  OPENQASM(true),
  INCLUDE(true),
  QREG(true),
  CREG(true),
  GATE(true),
  OPAQUE(true),
  MEASURE(true),
  RESET(true),
  BARRIER(true),
  IF(true),

  QUBIT(false),
  BIT(false),
  BOOL(false),
  INT(false),
  UINT(false),
  FLOAT_TYPE("float", false),
  ANGLE(false),
  CONST(false),
  LET(false),
  ELSE(false),
  FOR(false),
  IN(false),
  WHILE(false),
  BREAK(false),
  CONTINUE(false),
  END(false),
  CTRL(false),
  NEGCTRL(false),
  INV(false),
  POW(false),
  GPHASE(false),
  TRUE(false),
  FALSE(false),

  ARRAY(false),
  BOX(false),
  CAL(false),
  CASE(false),
  COMPLEX(false),
  DEF(false),
  DEFAULT(false),
  DEFCAL(false),
  DEFCALGRAMMAR(false),
  DELAY(false),
  DURATION(false),
  DURATIONOF(false),
  EXTERN(false),
  INPUT(false),
  MUTABLE(false),
  NOP(false),
  OUTPUT(false),
  READONLY(false),
  RETURN(false),
  STRETCH(false),
  SWITCH(false),
  VOID(false);

  private static final Map<String, TokenKind> WORDS_OF_2 = new HashMap<>();
  private static final Map<String, TokenKind> WORDS_OF_3 = new HashMap<>();

  static {
    for (TokenKind kind : values()) {
      if (kind.keyword && kind.inVersion2) {
        WORDS_OF_2.put(kind.text, kind);
      }
      if (kind.keyword && kind != OPAQUE) {
        WORDS_OF_3.put(kind.text, kind);
      }
    }
  }

  private final String text;
  private final boolean keyword;
  private final boolean inVersion2;

  TokenKind(String text) {
    this.text = text;
    this.keyword = false;
    this.inVersion2 = false;
  }

  TokenKind(boolean inVersion2) {
    this.text = name().equals("OPENQASM") ? name() : name().toLowerCase(Locale.ROOT);
    this.keyword = true;
    this.inVersion2 = inVersion2;
  }

  TokenKind(String text, boolean inVersion2) {
    this.text = text;
    this.keyword = true;
    this.inVersion2 = inVersion2;
  }

  /// The keyword a word is in this version, or [#IDENTIFIER].
  static TokenKind ofWord(String word, QasmVersion version) {
    Map<String, TokenKind> words = version == QasmVersion.V2 ? WORDS_OF_2 : WORDS_OF_3;
    return words.getOrDefault(word, IDENTIFIER);
  }

  /// How messages name it: keywords and signs in quotes, classes of tokens in words.
  String shown() {
    return keyword || !Character.isLetter(text.charAt(0)) ? "\"" + text + "\"" : text;
  }

  String text() {
    return text;
  }

  /// Whether it begins a classical type.
  boolean isType() {
    return switch (this) {
      case BIT, BOOL, INT, UINT, FLOAT_TYPE, ANGLE, COMPLEX, DURATION, STRETCH, ARRAY -> true;
      default -> false;
    };
  }

  /// Whether it begins a qubit in the operands of a gate.
  boolean isOperand() {
    return this == IDENTIFIER || this == HARDWARE_QUBIT;
  }
}
