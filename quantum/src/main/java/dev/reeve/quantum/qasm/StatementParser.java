package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses programs: control flow itself, declarations and operations by its two helpers. After an
/// error it goes on with the next statement.
final class StatementParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;
  private final DeclarationParser declarations;
  private final OperationParser operations;

  StatementParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor);
    this.operations = new OperationParser(cursor, expressions);
    this.declarations = new DeclarationParser(cursor, expressions, operations, this);
  }

  /// All statements behind the version line.
  List<Statement> program() {
    if (cursor.accept(TokenKind.OPENQASM)) {
      cursor.advance();
      if (!cursor.accept(TokenKind.SEMICOLON)) {
        cursor.diagnostics().note(cursor.endOfPrevious(), "missing ; after the version", "");
      }
    }
    List<Statement> statements = new ArrayList<>();
    while (!cursor.is(TokenKind.END_OF_FILE)) {
      if (cursor.is(TokenKind.RIGHT_BRACE)) {
        cursor.diagnostics().note(cursor.offset(), "} without {", "");
        cursor.advance();
      } else {
        addStatement(statements);
      }
    }
    return statements;
  }

  /// Statements up to the closing brace; the opening one is already taken.
  List<Statement> block(int openedAt) {
    List<Statement> statements = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      if (cursor.is(TokenKind.END_OF_FILE)) {
        throw cursor.diagnostics().invalid(openedAt, "{ without }");
      }
      addStatement(statements);
    }
    return statements;
  }

  private void addStatement(List<Statement> statements) {
    int depth = cursor.depth();
    try {
      Statement statement = statement();
      if (statement != null) {
        statements.add(statement);
      }
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported _) {
      cursor.recover(depth);
    }
  }

  /// A statement, or nothing for an annotation.
  private @Nullable Statement statement() {
    expressions.newStatement();
    cursor.enter();
    Statement statement =
        switch (cursor.kind()) {
          case INCLUDE -> declarations.include();
          case QREG -> declarations.oldQubits();
          case CREG -> declarations.oldBits();
          case QUBIT -> declarations.qubits();
          case BIT, BOOL, INT, UINT, FLOAT_TYPE, ANGLE -> declarations.classical(false);
          case CONST -> declarations.classical(true);
          case LET -> declarations.alias();
          case GATE -> declarations.gate();
          case OPAQUE -> declarations.opaque();
          case IF -> cursor.isVersion2() ? ifOfVersion2() : ifElse();
          case FOR -> forLoop();
          case WHILE -> whileLoop();
          case LEFT_BRACE -> {
            int offset = cursor.offset();
            cursor.advance();
            yield new Statement.Block(offset, block(offset));
          }
          case BREAK -> new Statement.Break(word("break"));
          case CONTINUE -> new Statement.Continue(word("continue"));
          case END -> new Statement.End(word("end"));
          case ANNOTATION -> {
            cursor.advance();
            yield null;
          }
          default -> operations.operation();
        };
    cursor.leave();
    return statement;
  }

  private int word(String name) {
    int offset = cursor.offset();
    cursor.advance();
    cursor.expect(TokenKind.SEMICOLON, name);
    return offset;
  }

  /// `if (register == number) operation`.
  private Statement ifOfVersion2() {
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

  private Statement ifElse() {
    int offset = cursor.offset();
    cursor.advance();
    Expression condition = condition("if");
    List<Statement> then = body();
    List<Statement> otherwise = cursor.accept(TokenKind.ELSE) ? body() : List.of();
    return new Statement.If(offset, condition, then, otherwise);
  }

  private Statement whileLoop() {
    int offset = cursor.offset();
    cursor.advance();
    Expression condition = condition("while");
    return new Statement.While(offset, condition, body());
  }

  private Expression condition(String word) {
    cursor.expect(TokenKind.LEFT_PARENTHESIS, word);
    Expression condition = expressions.expression();
    cursor.expect(TokenKind.RIGHT_PARENTHESIS, "a condition");
    return condition;
  }

  private Statement forLoop() {
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
    return new Statement.For(offset, type, nameOffset, name, values, body());
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

  /// The body of a branch or loop: a block, or one statement.
  private List<Statement> body() {
    if (cursor.is(TokenKind.LEFT_BRACE)) {
      int offset = cursor.offset();
      cursor.advance();
      return block(offset);
    }
    Statement statement = statement();
    return statement == null ? List.of() : List.of(statement);
  }
}
