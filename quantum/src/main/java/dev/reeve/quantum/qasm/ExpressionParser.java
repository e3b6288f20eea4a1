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

  /// Arguments of most gates that have several.
  private static final int FEW = 4;

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
  private final StatementParser statements;
  private final Map<TokenKind, BinarySign> signs;
  private int operations;

  ExpressionParser(TokenCursor cursor, StatementParser statements) {
    this.cursor = cursor;
    this.statements = statements;
    this.signs = cursor.isVersion2() ? SIGNS_OF_2 : SIGNS_OF_3;
  }

  /// To be called at the start of each statement: the bound on operations holds for a statement.
  void newStatement() {
    operations = 0;
  }

  Expression expression() {
    return climb(1);
  }

  /// The rest of an expression whose first operand is read already.
  Expression expressionFrom(Expression operand) {
    cursor.enter();
    Expression whole = climbFrom(selected(operand), 1);
    cursor.leave();
    return whole;
  }

  private Expression climb(int level) {
    cursor.enter();
    Expression whole = climbFrom(prefix(), level);
    cursor.leave();
    return whole;
  }

  private Expression climbFrom(Expression operand, int level) {
    Expression left = operand;
    while (true) {
      BinarySign sign = signs.get(cursor.kind());
      if (sign == null && cursor.is(TokenKind.IN) && level <= BinarySign.LESS.level()) {
        left = memberOf(left);
        continue;
      }
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
    return left;
  }

  /// `a in {b, c}`: whether it equals one of them.
  private Expression memberOf(Expression element) {
    int offset = cursor.offset();
    cursor.advance();
    Expression any = null;
    for (Expression member : set().indexes()) {
      countOperation(offset);
      Expression equal = new Expression.Binary(offset, BinarySign.EQUAL, element, member);
      any = any == null ? equal : new Expression.Binary(offset, BinarySign.EITHER, any, equal);
    }
    return any == null ? element : any;
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
    return selected(primary());
  }

  private Expression selected(Expression operand) {
    Expression base = operand;
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
      case INTEGER, FLOAT, STRING, TRUE, FALSE, IMAGINARY, TIMING, HARDWARE_QUBIT ->
          literal(offset);
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
      case BIT, BOOL, INT, UINT, FLOAT_TYPE, ANGLE, COMPLEX, DURATION, STRETCH -> cast(type());
      case ARRAY -> {
        TypeSyntax.Array type = array();
        throw cursor
            .diagnostics()
            .unsupported(type.offset(), "casts to arrays are not offered", "cast each element");
      }
      case DURATIONOF -> {
        cursor.advance();
        cursor.expect(TokenKind.LEFT_PARENTHESIS, "durationof");
        List<Statement> body = statements.braced("durationof(");
        cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the block of durationof");
        yield new Expression.DurationOf(offset, body);
      }
      case MEASURE ->
          throw cursor
              .diagnostics()
              .invalid(
                  offset,
                  "measure cannot stand inside an expression",
                  "assign it to a bit first: bit b = measure q;");
      default -> throw cursor.unexpected("a value");
    };
  }

  private Expression literal(int offset) {
    if (cursor.is(TokenKind.INTEGER)) {
      int small = cursor.smallInteger();
      if (small >= 0) {
        cursor.advance();
        return new Expression.IntegerLiteral(offset, small);
      }
    }
    if (cursor.is(TokenKind.FLOAT)) {
      double value = cursor.decimal();
      cursor.advance();
      return Literals.real(offset, value, cursor.diagnostics());
    }
    String text = cursor.text();
    TokenKind kind = cursor.kind();
    cursor.advance();
    return switch (kind) {
      case INTEGER -> Literals.integer(offset, text, cursor.diagnostics());
      case STRING -> Literals.bits(offset, text, cursor.diagnostics());
      case IMAGINARY -> Literals.imaginary(offset, text, cursor.diagnostics());
      case TIMING -> Literals.duration(offset, text, cursor.diagnostics());
      case HARDWARE_QUBIT -> new Expression.Name(offset, text);
      default -> new Expression.BooleanLiteral(offset, kind == TokenKind.TRUE);
    };
  }

  private Expression call(int offset, String function) {
    countOperation(offset);
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "the function \"" + function + "\"");
    return new Expression.Call(offset, function, arguments());
  }

  /// Whether a token stands between two operands.
  boolean isSign(TokenKind kind) {
    return signs.containsKey(kind);
  }

  /// A cast whose type is read already.
  Expression cast(TypeSyntax type) {
    cursor.expect(TokenKind.LEFT_PARENTHESIS, "the type of a cast");
    Expression operand = climb(1);
    cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the value of a cast");
    return new Expression.Cast(type.offset(), type, operand);
  }

  /// Expressions up to the closing parenthesis, which is taken too; a last comma is allowed.
  List<Expression> arguments() {
    if (cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      return List.of();
    }
    Expression first = climb(1);
    cursor.commaUnless(TokenKind.RIGHT_PARENTHESIS, "an argument");
    if (cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      return List.of(first);
    }
    List<Expression> arguments = new ArrayList<>(FEW);
    arguments.add(first);
    while (!cursor.accept(TokenKind.RIGHT_PARENTHESIS)) {
      arguments.add(climb(1));
      cursor.commaUnless(TokenKind.RIGHT_PARENTHESIS, "an argument");
    }
    return arguments;
  }

  /// At least one expression, up to what ends them; a last comma is allowed.
  List<Expression> listUntil(TokenKind end, String what) {
    List<Expression> list = new ArrayList<>();
    do {
      list.add(climb(1));
    } while (cursor.accept(TokenKind.COMMA) && !cursor.is(end));
    if (!cursor.is(end)) {
      throw cursor.missing(end.shown(), what);
    }
    return list;
  }

  /// What an array starts from: elements in braces, several arrays joined, or any other value.
  Expression initial() {
    if (cursor.is(TokenKind.LEFT_BRACE)) {
      return elements();
    }
    Expression first = climb(1);
    if (!cursor.is(TokenKind.PLUS_PLUS)) {
      return first;
    }
    List<Expression> parts = new ArrayList<>(List.of(first));
    int offset = cursor.offset();
    while (cursor.accept(TokenKind.PLUS_PLUS)) {
      countOperation(cursor.offset());
      parts.add(climb(1));
    }
    return new Expression.Concatenation(offset, parts);
  }

  private Expression elements() {
    int offset = cursor.offset();
    cursor.enter();
    cursor.advance();
    List<Expression> elements = new ArrayList<>();
    while (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      elements.add(cursor.is(TokenKind.LEFT_BRACE) ? elements() : climb(1));
      cursor.commaUnless(TokenKind.RIGHT_BRACE, "an element");
    }
    cursor.leave();
    return new Expression.ArrayLiteral(offset, elements);
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
          case COMPLEX -> ScalarType.Kind.COMPLEX;
          case DURATION, STRETCH -> ScalarType.Kind.DURATION;
          default -> throw cursor.unexpected("a type");
        };
    cursor.advance();
    boolean bare = kind == ScalarType.Kind.BOOL || kind == ScalarType.Kind.DURATION;
    if (bare && cursor.is(TokenKind.LEFT_BRACKET)) {
      throw cursor.diagnostics().invalid(cursor.offset(), kind.text() + " has no width");
    }
    if (kind == ScalarType.Kind.COMPLEX) {
      return complex(offset);
    }
    return new TypeSyntax(offset, kind, designator());
  }

  private TypeSyntax complex(int offset) {
    if (!cursor.accept(TokenKind.LEFT_BRACKET)) {
      return new TypeSyntax(offset, ScalarType.Kind.COMPLEX, null);
    }
    cursor.enter();
    TypeSyntax part = type();
    cursor.leave();
    cursor.expect(TokenKind.RIGHT_BRACKET, "the type of both parts");
    return new TypeSyntax(offset, ScalarType.Kind.COMPLEX, null, part);
  }

  /// `array[type, size, size]`.
  TypeSyntax.Array array() {
    int offset = cursor.offset();
    TypeSyntax element = arrayHead();
    return arraySizes(offset, element, true);
  }

  /// `readonly array[type, #dim = n]` or with sizes.
  TypeSyntax.Array arrayReference() {
    int offset = cursor.offset();
    boolean changeable = cursor.is(TokenKind.MUTABLE);
    cursor.advance();
    TypeSyntax element = arrayHead();
    if (!cursor.accept(TokenKind.DIMENSIONS)) {
      return arraySizes(offset, element, changeable);
    }
    cursor.expect(TokenKind.ASSIGN, "#dim");
    Expression dimensions = climb(1);
    cursor.expect(TokenKind.RIGHT_BRACKET, "the number of dimensions");
    return new TypeSyntax.Array(offset, element, List.of(), dimensions, changeable);
  }

  private TypeSyntax arrayHead() {
    cursor.expect(TokenKind.ARRAY, "readonly or mutable");
    cursor.expect(TokenKind.LEFT_BRACKET, "array");
    TypeSyntax element = type();
    cursor.expect(TokenKind.COMMA, "the type of elements");
    return element;
  }

  private TypeSyntax.Array arraySizes(int offset, TypeSyntax element, boolean changeable) {
    List<Expression> sizes = listUntil(TokenKind.RIGHT_BRACKET, "the sizes of an array");
    cursor.advance();
    return new TypeSyntax.Array(offset, element, sizes, null, changeable);
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

  /// `[index]`, `[range]`, `[{set}]` or several indexes and ranges, brackets included.
  Selector selector() {
    int offset = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACKET, "a name");
    if (cursor.is(TokenKind.LEFT_BRACE)) {
      Selector set = set();
      cursor.expect(TokenKind.RIGHT_BRACKET, "an index");
      return set;
    }
    Selector first = indexOrRange(offset);
    if (cursor.accept(TokenKind.RIGHT_BRACKET)) {
      return first;
    }
    List<Selector> dimensions = new ArrayList<>(List.of(first));
    while (cursor.accept(TokenKind.COMMA) && !cursor.is(TokenKind.RIGHT_BRACKET)) {
      dimensions.add(indexOrRange(offset));
    }
    cursor.expect(TokenKind.RIGHT_BRACKET, "an index");
    return dimensions.size() == 1 ? first : new Selector.Each(offset, dimensions);
  }

  /// `{a, b, c}`.
  Selector.Of set() {
    int offset = cursor.offset();
    cursor.expect(TokenKind.LEFT_BRACE, "in");
    List<Expression> indexes = new ArrayList<>();
    while (indexes.isEmpty() || !cursor.is(TokenKind.RIGHT_BRACE)) {
      indexes.add(climb(1));
      cursor.commaUnless(TokenKind.RIGHT_BRACE, "an element of a set");
    }
    cursor.advance();
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
    return cursor.is(TokenKind.COLON)
        || cursor.is(TokenKind.RIGHT_BRACKET)
        || cursor.is(TokenKind.COMMA);
  }

  private void countOperation(int offset) {
    if (++operations > OPERATIONS_MAX) {
      throw cursor
          .diagnostics()
          .limit(offset, "more than %d operations in one statement".formatted(OPERATIONS_MAX));
    }
  }
}
