package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Expression.UnarySign;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parses expressions by precedence climbing. Version 2 knows fewer signs and writes powers as `^`.
final class ExpressionParser {
  /// Most operations in one statement, which bounds the depth of its trees.
  private static final int OPERATIONS_MAX = 1_000;

  private static final Map<TokenKind, BinarySign> SIGNS_OF_3 = new EnumMap<>(TokenKind.class);
  private static final Map<TokenKind, BinarySign> SIGNS_OF_2 =
      new EnumMap<>(
          Map.of(
              TokenKind.PLUS, BinarySign.ADD,
              TokenKind.MINUS, BinarySign.SUBTRACT,
              TokenKind.STAR, BinarySign.MULTIPLY,
              TokenKind.SLASH, BinarySign.DIVIDE,
              TokenKind.CARET, BinarySign.POWER));

  static {
    for (BinarySign sign : BinarySign.values()) {
      SIGNS_OF_3.put(sign.token(), sign);
    }
  }

  private final TokenCursor cursor;
  private final Map<TokenKind, BinarySign> signs;
  private int operations;

  ExpressionParser(TokenCursor cursor) {
    this.cursor = cursor;
    this.signs = cursor.isVersion2() ? SIGNS_OF_2 : SIGNS_OF_3;
  }

  /// To be called at the start of each statement: the bound on operations holds for a statement.
  void newStatement() {
    operations = 0;
  }

  Expression expression() {
    return climb(1);
  }

  private Expression climb(int level) {
    cursor.enter();
    Expression left = prefix();
    while (true) {
      BinarySign sign = signs.get(cursor.kind());
      if (sign == null || sign.level() < level) {
        break;
      }
      int offset = cursor.offset();
      countOperation(offset);
      cursor.advance();
      boolean fromRight = sign == BinarySign.POWER;
      Expression right = climb(fromRight ? BinarySign.UNARY_LEVEL : sign.level() + 1);
      left = new Expression.Binary(offset, sign, left, right);
    }
    cursor.leave();
    return left;
  }

  private Expression prefix() {
    UnarySign sign =
        switch (cursor.kind()) {
          case MINUS -> UnarySign.MINUS;
          case TILDE -> UnarySign.COMPLEMENT;
          case EXCLAMATION -> UnarySign.NOT;
          default -> null;
        };
    int offset = cursor.offset();
    if (sign == null) {
      if (cursor.isVersion2() && cursor.is(TokenKind.PLUS)) {
        cursor.advance();
      }
      return postfix();
    }
    if (cursor.isVersion2() && sign != UnarySign.MINUS) {
      throw cursor.unexpected("a number");
    }
    countOperation(offset);
    cursor.advance();
    return new Expression.Unary(offset, sign, climb(BinarySign.UNARY_LEVEL));
  }

  private Expression postfix() {
    Expression base = primary();
    while (!cursor.isVersion2() && cursor.is(TokenKind.LEFT_BRACKET)) {
      countOperation(cursor.offset());
      base = new Expression.Indexed(cursor.offset(), base, selector());
    }
    return base;
  }

  private Expression primary() {
    int offset = cursor.offset();
    return switch (cursor.kind()) {
      case LEFT_PARENTHESIS -> {
        cursor.advance();
        Expression inner = climb(1);
        cursor.expect(TokenKind.RIGHT_PARENTHESIS, "an expression");
        yield inner;
      }
      case INTEGER, FLOAT, STRING, TRUE, FALSE -> literal(offset);
      case IDENTIFIER -> {
        String name = cursor.text();
        cursor.advance();
        yield cursor.is(TokenKind.LEFT_PARENTHESIS)
            ? call(offset, name)
            : new Expression.Name(offset, name);
      }
      case POW -> {
        cursor.advance();
        yield call(offset, "pow");
      }
      case BIT, BOOL, INT, UINT, FLOAT_TYPE, ANGLE -> {
        TypeSyntax type = type();
        cursor.expect(TokenKind.LEFT_PARENTHESIS, "the type of a cast");
        Expression operand = climb(1);
        cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the value of a cast");
        yield new Expression.Cast(offset, type, operand);
      }
      case MEASURE ->
          throw cursor
              .diagnostics()
              .invalid(
                  offset,
                  "measure cannot stand inside an expression",
                  "assign it to a bit first: bit b = measure q;");
      default -> throw Unsupported.inExpression(cursor);
    };
  }

  private Expression literal(int offset) {
    String text = cursor.text();
    TokenKind kind = cursor.kind();
    cursor.advance();
    return switch (kind) {
      case INTEGER -> Literals.integer(offset, text, cursor.diagnostics());
      case FLOAT -> Literals.real(offset, text, cursor.diagnostics());
      case STRING -> Literals.bits(offset, text, cursor.diagnostics());
      default -> new Expression.BooleanLiteral(offset, kind == TokenKind.TRUE);
    };
  }

  private Expression call(int offset, String function) {
    countOperation(offset);
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "the function \"" + function + "\"");
    return new Expression.Call(offset, function, arguments());
  }

  /// Expressions up to the closing parenthesis, which is taken too; a last comma is allowed.
  List<Expression> arguments() {
    List<Expression> arguments = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      arguments.add(climb(1));
      if (!cursor.is(TokenKind.RIGHT_PARENTHESIS)) {
        cursor.expect(TokenKind.COMMA, "an argument");
      }
    }
    return arguments;
  }

  /// A classical type with its width.
  TypeSyntax type() {
    int offset = cursor.offset();
    ScalarType.Kind kind =
        switch (cursor.kind()) {
          case BIT -> ScalarType.Kind.BIT;
          case BOOL -> ScalarType.Kind.BOOL;
          case INT -> ScalarType.Kind.INT;
          case UINT -> ScalarType.Kind.UINT;
          case FLOAT_TYPE -> ScalarType.Kind.FLOAT;
          case ANGLE -> ScalarType.Kind.ANGLE;
          default -> throw Unsupported.asType(cursor);
        };
    cursor.advance();
    return new TypeSyntax(offset, kind, designator());
  }

  /// A size in brackets, if there is one.
  @Nullable Expression designator() {
    if (!cursor.accept(TokenKind.LEFT_BRACKET)) {
      return null;
    }
    Expression size = climb(1);
    cursor.expect(TokenKind.RIGHT_BRACKET, "a size");
    return size;
  }

  /// `[index]`, `[range]` or `[{set}]`, brackets included.
  Selector selector() {
    int offset = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACKET, "a name");
    Selector selector = cursor.is(TokenKind.LEFT_BRACE) ? set() : indexOrRange(offset);
    if (cursor.is(TokenKind.COMMA)) {
      throw cursor
          .diagnostics()
          .unsupported(
              cursor.offset(), "indexing by several dimensions is not offered", "arrays are not");
    }
    cursor.expect(TokenKind.RIGHT_BRACKET, "an index");
    return selector;
  }

  /// `{a, b, c}`.
  Selector.Of set() {
    int offset = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACE, "in");
    List<Expression> indexes = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      indexes.add(climb(1));
      if (!cursor.is(TokenKind.RIGHT_BRACE)) {
        cursor.expect(TokenKind.COMMA, "an element of a set");
      }
    }
    return new Selector.Of(offset, indexes);
  }

  private Selector indexOrRange(int offset) {
    Expression first = cursor.is(TokenKind.COLON) ? null : climb(1);
    if (first != null && !cursor.is(TokenKind.COLON)) {
      return new Selector.At(first.offset(), first);
    }
    cursor.expect(TokenKind.COLON, "the start of a range");
    Expression second = atRangeEnd() ? null : climb(1);
    if (!cursor.accept(TokenKind.COLON)) {
      return new Selector.Range(offset, first, null, second);
    }
    Expression third = atRangeEnd() ? null : climb(1);
    return new Selector.Range(offset, first, second, third);
  }

  private boolean atRangeEnd() {
    return cursor.is(TokenKind.COLON) || cursor.is(TokenKind.RIGHT_BRACKET);
  }

  private void countOperation(int offset) {
    if (++operations > OPERATIONS_MAX) {
      throw cursor
          .diagnostics()
          .limit(offset, "more than %d operations in one statement".formatted(OPERATIONS_MAX));
    }
  }
}
