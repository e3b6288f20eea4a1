package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Statement.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses subroutines, functions from outside, and what they give back.
final class SubroutineParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final OperationParser operations;
  private final StatementParser statements;

  SubroutineParser(
      TokenCursor cursor,
      ExpressionParser expressions,
      OperationParser operations,
      StatementParser statements) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.operations = operations;
    this.statements = statements;
  }

  /// `def name(parameters) -> type { }`.
  Statement subroutine() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a subroutine");
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "the name of a subroutine");
    List<Parameter> parameters = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      parameters.add(parameter());
      cursor.commaUnless(TokenKind.RIGHT_PARENTHESIS, "a parameter");
    }
    TypeSyntax type = returned();
    List<Statement> body = statements.braced("the head of a subroutine");
    return new Statement.Subroutine(offset, nameOffset, name, parameters, type, body);
  }

  private Parameter parameter() {
    int offset = cursor.offset();
    return switch (cursor.kind()) {
      case QUBIT -> {
        cursor.advance();
        Expression size = expressions.designator();
        yield new Parameter.Qubits(offset, size, name());
      }
      case QREG -> {
        cursor.advance();
        String name = name();
        yield new Parameter.Qubits(offset, expressions.designator(), name);
      }
      case CREG -> {
        cursor.advance();
        String name = name();
        TypeSyntax type = new TypeSyntax(offset, ScalarType.Kind.BIT, expressions.designator());
        yield new Parameter.Scalar(offset, type, name);
      }
      case READONLY, MUTABLE -> {
        TypeSyntax.Array type = expressions.arrayReference();
        yield new Parameter.Array(offset, type, name());
      }
      default -> {
        TypeSyntax type = expressions.type();
        yield new Parameter.Scalar(offset, type, name());
      }
    };
  }

  private String name() {
    return cursor.expectName("the name of a parameter");
  }

  private @Nullable TypeSyntax returned() {
    return cursor.accept(TokenKind.ARROW) ? expressions.type() : null;
  }

  /// `extern name(types) -> type;`.
  Statement external() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a function");
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "the name of a function");
    while (!cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      switch (cursor.kind()) {
        case CREG -> {
          cursor.advance();
          Expression _ = expressions.designator();
        }
        case READONLY, MUTABLE -> {
          TypeSyntax.Array _ = expressions.arrayReference();
        }
        default -> {
          TypeSyntax _ = expressions.type();
        }
      }
      cursor.commaUnless(TokenKind.RIGHT_PARENTHESIS, "a type");
    }
    TypeSyntax _ = returned();
    cursor.expect(TokenKind.SEMICOLON, "extern");
    return new Statement.External(offset, nameOffset, name);
  }

  /// `return value;`.
  Statement result() {
    int offset = cursor.offset();
    cursor.advance();
    Statement.Source value = cursor.is(TokenKind.SEMICOLON) ? null : operations.source();
    cursor.expect(TokenKind.SEMICOLON, "return");
    return new Statement.Return(offset, value);
  }
}
