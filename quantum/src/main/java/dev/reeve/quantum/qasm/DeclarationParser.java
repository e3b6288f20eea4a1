package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Statement.Formal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses what gives something a name.
final class DeclarationParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final OperationParser operations;
  private final StatementParser statements;

  DeclarationParser(
      TokenCursor cursor,
      ExpressionParser expressions,
      OperationParser operations,
      StatementParser statements) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.operations = operations;
    this.statements = statements;
  }

  Statement include() {
    int offset = cursor.offset();
    cursor.advance();
    if (!cursor.is(TokenKind.STRING)) {
      throw cursor.unexpected("a file name in quotes");
    }
    String quoted = cursor.text();
    cursor.advance();
    cursor.expect(TokenKind.SEMICOLON, "include");
    return new Statement.Include(offset, quoted.substring(1, quoted.length() - 1));
  }

  /// `qreg name[size];`
  Statement oldQubits() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a register");
    Expression size = oldSize();
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.QubitDeclaration(offset, nameOffset, name, size);
  }

  /// `creg name[size];`
  Statement oldBits() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a register");
    TypeSyntax type = new TypeSyntax(offset, ScalarType.Kind.BIT, oldSize());
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.ClassicalDeclaration(offset, nameOffset, false, type, name, null);
  }

  private @Nullable Expression oldSize() {
    if (cursor.isVersion2()) {
      if (!cursor.is(TokenKind.LEFT_BRACKET)) {
        throw cursor.unexpected("a size such as [4]");
      }
      if (cursor.kindAhead(1) != TokenKind.INTEGER) {
        cursor.advance();
        throw cursor.unexpected("an integer");
      }
    }
    return expressions.designator();
  }

  /// `qubit[size] name;`
  Statement qubits() {
    int offset = cursor.offset();
    cursor.advance();
    Expression size = expressions.designator();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a qubit or register");
    if (cursor.is(TokenKind.LEFT_BRACKET)) {
      throw cursor
          .diagnostics()
          .invalid(cursor.offset(), "the size stands before the name", "as in qubit[4] " + name);
    }
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.QubitDeclaration(offset, nameOffset, name, size);
  }

  /// `type name = value;`
  Statement classical() {
    int offset = cursor.offset();
    boolean stretch = cursor.is(TokenKind.STRETCH);
    TypeSyntax type = expressions.type();
    if (cursor.is(TokenKind.LEFT_PARENTHESIS)) {
      return operations.evaluationOfCast(type);
    }
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a variable");
    Statement.Source value = cursor.accept(TokenKind.ASSIGN) ? operations.initialSource() : null;
    if (stretch) {
      if (value != null) {
        throw cursor
            .diagnostics()
            .invalid(
                nameOffset, "a stretch has no value of its own", "leave it out, or write duration");
      }
      value = new Statement.Source.Value(new Expression.DurationLiteral(offset, Double.NaN));
    }
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.ClassicalDeclaration(offset, nameOffset, stretch, type, name, value);
  }

  /// `const type name = value;`
  Statement constant() {
    int offset = cursor.offset();
    cursor.advance();
    if (cursor.is(TokenKind.STRETCH)) {
      throw cursor.unexpected("a type whose values are known");
    }
    TypeSyntax type = expressions.type();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a variable");
    if (!cursor.accept(TokenKind.ASSIGN)) {
      throw cursor.unexpected("the value of a constant, as in const int n = 4;");
    }
    Statement.Source value = operations.initialSource();
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.ClassicalDeclaration(offset, nameOffset, true, type, name, value);
  }

  /// `array[type, sizes] name = value;`
  Statement array() {
    int offset = cursor.offset();
    TypeSyntax.Array type = expressions.array();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of an array");
    Expression value = cursor.accept(TokenKind.ASSIGN) ? expressions.initial() : null;
    cursor.expect(TokenKind.SEMICOLON, "a declaration");
    return new Statement.ArrayDeclaration(offset, nameOffset, type, name, value);
  }

  /// `input type name;` or `output type name;`
  Statement passage() {
    int offset = cursor.offset();
    boolean input = cursor.is(TokenKind.INPUT);
    cursor.advance();
    TypeSyntax.Array array = cursor.is(TokenKind.ARRAY) ? expressions.array() : null;
    TypeSyntax scalar = array == null ? expressions.type() : null;
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a variable");
    cursor.expect(TokenKind.SEMICOLON, input ? "input" : "output");
    return new Statement.Passage(offset, nameOffset, input, scalar, array, name);
  }

  /// `let name = part ++ part;`
  Statement alias() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of an alias");
    cursor.expect(TokenKind.ASSIGN, "the name of an alias");
    List<Statement.Reference> parts = new ArrayList<>();
    do {
      parts.add(operations.reference());
    } while (cursor.accept(TokenKind.PLUS_PLUS));
    cursor.expect(TokenKind.SEMICOLON, "an alias");
    return new Statement.Alias(offset, nameOffset, name, parts);
  }

  Statement gate() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a gate");
    List<Formal> parameters = parameters();
    List<Formal> qubits = formals("a qubit of the gate", TokenKind.LEFT_BRACE);
    int openedAt = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACE, "the head of a gate");
    List<Statement> body = statements.block(openedAt);
    return new Statement.GateDefinition(offset, nameOffset, name, parameters, qubits, body);
  }

  Statement opaque() {
    int offset = cursor.offset();
    cursor.advance();
    int nameOffset = cursor.offset();
    String name = cursor.expectName("the name of a gate");
    parameters();
    formals("a qubit of the gate", TokenKind.SEMICOLON);
    cursor.expect(TokenKind.SEMICOLON, "an opaque gate");
    return new Statement.OpaqueDeclaration(offset, nameOffset, name);
  }

  private List<Formal> parameters() {
    if (!cursor.accept(TokenKind.LEFT_PARENTHESIS)) {
      return List.of();
    }
    if (cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      return List.of();
    }
    List<Formal> parameters = formals("a parameter", TokenKind.RIGHT_PARENTHESIS);
    cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the parameters of a gate");
    return parameters;
  }

  /// Names with commas between them; a comma before the end is allowed.
  private List<Formal> formals(String what, TokenKind end) {
    List<Formal> formals = new ArrayList<>();
    do {
      int offset = cursor.offset();
      formals.add(new Formal(offset, cursor.expectName(what)));
    } while (cursor.accept(TokenKind.COMMA) && !cursor.is(end));
    return formals;
  }
}
