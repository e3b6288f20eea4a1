package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.Selector;
import java.util.ArrayList;
import java.util.List;

/// Parses branches and loops.
final class ControlParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final OperationParser operations;
  private final StatementParser statements;

  ControlParser(
      TokenCursor cursor,
      ExpressionParser expressions,
      OperationParser operations,
      StatementParser statements) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.operations = operations;
    this.statements = statements;
  }

  /// `if (register == number) operation`.
  Statement ifOfVersion2() {
    int offset = cursor.offset();
    cursor.advance();
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "if");
    int nameOffset = cursor.offset();
    Expression register =
        new Expression.Name(nameOffset, cursor.expectName("a classical register"));
    int signOffset = cursor.offset();
    cursor.expect(TokenKind.EQUAL, "the register of a condition");
    if (!cursor.is(TokenKind.INTEGER)) {
      throw cursor.unexpected("an integer");
    }
    Expression number = expressions.expression();
    cursor.expect(TokenKind.RIGHT_PARENTHESIS, "a condition");
    Expression condition =
        new Expression.Binary(signOffset, Expression.BinarySign.EQUAL, register, number);
    if (cursor.is(TokenKind.BARRIER) || cursor.is(TokenKind.IF)) {
      throw cursor.unexpected("a gate, measure or reset");
    }
    return new Statement.If(offset, condition, List.of(operations.operation()), List.of());
  }

  Statement ifElse() {
    int offset = cursor.offset();
    cursor.advance();
    Expression condition = condition("if");
    List<Statement> then = statements.body();
    List<Statement> otherwise = cursor.accept(TokenKind.ELSE) ? statements.body() : List.of();
    return new Statement.If(offset, condition, then, otherwise);
  }

  Statement whileLoop() {
    int offset = cursor.offset();
    cursor.advance();
    Expression condition = condition("while");
    return new Statement.While(offset, condition, statements.body());
  }

  private Expression condition(String word) {
    cursor.expect(TokenKind.LEFT_PARENTHESIS, word);
    Expression condition = expressions.expression();
    cursor.expect(TokenKind.RIGHT_PARENTHESIS, "a condition");
    return condition;
  }

  Statement forLoop() {
    int offset = cursor.offset();
    cursor.advance();
    if (cursor.is(TokenKind.IDENTIFIER)) {
      throw cursor
          .diagnostics()
          .invalid(
              cursor.offset(),
              "the loop variable needs a type",
              "write: for int " + cursor.text() + " in ...");
    }
    TypeSyntax type = expressions.type();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of the loop variable");
    cursor.expect(TokenKind.IN, "the loop variable");
    Selector values = loopValues();
    return new Statement.For(offset, type, nameOffset, name, values, statements.body());
  }

  private Selector loopValues() {
    int offset = cursor.offset();
    if (cursor.is(TokenKind.LEFT_BRACE)) {
      return expressions.set();
    }
    if (!cursor.is(TokenKind.LEFT_BRACKET)) {
      return new Selector.At(offset, expressions.expression());
    }
    Selector selector = expressions.selector();
    if (selector instanceof Selector.Range(int _, Expression start, _, Expression stop)
        && start != null
        && stop != null) {
      return selector;
    }
    throw cursor
        .diagnostics()
        .invalid(offset, "a loop needs both ends of its range", "as in [0:3] or [0:2:6]");
  }

  /// `switch (value) { case 1, 2 { } default { } }`.
  Statement choice() {
    int offset = cursor.offset();
    cursor.advance();
    Expression control = condition("switch");
    cursor.expect(TokenKind.LEFT_BRACE, "the value of switch");
    List<Statement.Case> cases = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      cases.add(arm());
    }
    return new Statement.Switch(offset, control, cases);
  }

  private Statement.Case arm() {
    int offset = cursor.offset();
    List<Expression> values = List.of();
    if (cursor.accept(TokenKind.CASE)) {
      values = expressions.listUntil(TokenKind.LEFT_BRACE, "a value of case");
    } else if (!cursor.accept(TokenKind.DEFAULT)) {
      throw cursor.unexpected("\"case\" or \"default\"");
    }
    return new Statement.Case(offset, values, statements.braced("case"));
  }
}
