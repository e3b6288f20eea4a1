package dev.reeve.quantum.qasm;

import java.util.List;

/// Parses what has to do with time and pulses. A block of pulses is in another language and taken
/// as it is; only its head is looked at.
final class TimingParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final OperationParser operations;
  private final StatementParser statements;

  TimingParser(
      TokenCursor cursor,
      ExpressionParser expressions,
      OperationParser operations,
      StatementParser statements) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.operations = operations;
    this.statements = statements;
  }

  /// `box[length] { }`.
  Statement box() {
    int offset = cursor.offset();
    cursor.advance();
    Expression length = expressions.designator();
    return new Statement.Box(offset, length, statements.braced("box"));
  }

  /// `delay[length] qubits;`.
  Statement delay() {
    int offset = cursor.offset();
    cursor.advance();
    Expression length = expressions.designator();
    if (length == null) {
      throw cursor.unexpected("a duration in brackets, as in delay[100ns] q;");
    }
    return new Statement.Delay(offset, length, operands("delay"));
  }

  Statement nothing() {
    int offset = cursor.offset();
    cursor.advance();
    return new Statement.Nothing(offset, operands("nop"));
  }

  private List<Statement.Reference> operands(String word) {
    List<Statement.Reference> qubits =
        cursor.is(TokenKind.SEMICOLON) ? List.of() : operations.references();
    cursor.expect(TokenKind.SEMICOLON, word);
    return qubits;
  }

  Statement pulseGrammar() {
    int offset = cursor.offset();
    cursor.advance();
    if (!cursor.accept(TokenKind.STRING)) {
      throw cursor.unexpected("the name of a grammar in quotes");
    }
    cursor.expect(TokenKind.SEMICOLON, "defcalgrammar");
    return new Statement.Remark(offset);
  }

  /// `cal { }`.
  Statement pulses() {
    int offset = cursor.offset();
    cursor.advance();
    cursor.expect(TokenKind.CALIBRATION, "cal");
    return pulses(offset, "cal");
  }

  /// `defcal name(arguments) qubits -> type { }`.
  Statement pulsesOf() {
    int offset = cursor.offset();
    cursor.advance();
    switch (cursor.kind()) {
      case MEASURE, RESET, DELAY, IDENTIFIER -> cursor.advance();
      default -> throw cursor.unexpected("what is calibrated");
    }
    if (cursor.accept(TokenKind.LEFT_PARENTHESIS)) {
      while (!cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
        argument();
        cursor.commaUnless(TokenKind.RIGHT_PARENTHESIS, "an argument");
      }
    }
    do {
      if (!cursor.accept(TokenKind.HARDWARE_QUBIT)) {
        String _ = cursor.expectName("a qubit");
      }
    } while (cursor.accept(TokenKind.COMMA)
        && !cursor.is(TokenKind.ARROW)
        && !cursor.is(TokenKind.CALIBRATION));
    if (cursor.accept(TokenKind.ARROW)) {
      TypeSyntax _ = expressions.type();
    }
    cursor.expect(TokenKind.CALIBRATION, "the head of defcal");
    return pulses(offset, "defcal");
  }

  private static Statement pulses(int offset, String word) {
    return new Statement.NotOffered(
        offset,
        "pulses (" + word + ") are not offered",
        "simulators run gates: leave calibrations out");
  }

  /// A value, or a type with a name.
  private void argument() {
    if (cursor.kind().isType() && cursor.kindAhead(1) != TokenKind.LEFT_PARENTHESIS) {
      TypeSyntax _ = expressions.type();
      String _ = cursor.expectName("the name of an argument");
    } else {
      Expression _ = expressions.expression();
    }
  }
}
