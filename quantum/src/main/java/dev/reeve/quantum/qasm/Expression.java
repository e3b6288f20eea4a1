package dev.reeve.quantum.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as written. `offset` is where an error about it points: the operator of an
/// operation, else the first character.
sealed interface Expression {
  int offset();

  record IntegerLiteral(int offset, long value) implements Expression {}

  record RealLiteral(int offset, double value) implements Expression {}

  record BooleanLiteral(int offset, boolean value) implements Expression {}

  /// Bits as in `"0110"`, the most significant first.
  record BitsLiteral(int offset, String bits) implements Expression {}

  /// A number times the imaginary unit.
  record ImaginaryLiteral(int offset, double value) implements Expression {}

  /// A length of time in femtoseconds; not a number when it is given in ticks of a device.
  record DurationLiteral(int offset, double femtoseconds) implements Expression {}

  /// Elements of an array, themselves arrays when it has several dimensions.
  record ArrayLiteral(int offset, List<Expression> elements) implements Expression {
    public ArrayLiteral {
      elements = List.copyOf(elements);
    }
  }

  /// Arrays or bits one behind the other, as in `a ++ b`.
  record Concatenation(int offset, List<Expression> parts) implements Expression {
    public Concatenation {
      parts = List.copyOf(parts);
    }
  }

  /// How long some statements take.
  record DurationOf(int offset, List<Statement> body) implements Expression {
    public DurationOf {
      body = List.copyOf(body);
    }
  }

  record Name(int offset, String name) implements Expression {}

  record Unary(int offset, UnarySign sign, Expression operand) implements Expression {}

  record Binary(int offset, BinarySign sign, Expression left, Expression right)
      implements Expression {}

  record Call(int offset, String function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  record Cast(int offset, TypeSyntax type, Expression operand) implements Expression {}

  record Indexed(int offset, Expression base, Selector selector) implements Expression {}

  /// What stands between brackets behind a name.
  sealed interface Selector {
    int offset();

    record At(int offset, Expression index) implements Selector {}

    /// `start:stop` or `start:step:stop`, both ends included; an absent end is the register's.
    record Range(
        int offset,
        @Nullable Expression start,
        @Nullable Expression step,
        @Nullable Expression stop)
        implements Selector {}

    /// One selector for each dimension of an array.
    record Each(int offset, List<Selector> dimensions) implements Selector {
      public Each {
        dimensions = List.copyOf(dimensions);
      }
    }

    record Of(int offset, List<Expression> indexes) implements Selector {
      public Of {
        indexes = List.copyOf(indexes);
      }
    }
  }

  /// Signs in front of an operand.
  enum UnarySign {
    MINUS("-"),
    COMPLEMENT("~"),
    NOT("!");

    private final String text;

    UnarySign(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// Signs between operands, with how tightly they bind; a higher level binds tighter.
  enum BinarySign {
    EITHER(TokenKind.PIPE_PIPE, 1),
    BOTH(TokenKind.AMPERSAND_AMPERSAND, 2),
    OR(TokenKind.PIPE, 3),
    XOR(TokenKind.CARET, 4),
    AND(TokenKind.AMPERSAND, 5),
    EQUAL(TokenKind.EQUAL, 6),
    NOT_EQUAL(TokenKind.NOT_EQUAL, 6),
    LESS(TokenKind.LESS, 7),
    LESS_OR_EQUAL(TokenKind.LESS_OR_EQUAL, 7),
    GREATER(TokenKind.GREATER, 7),
    GREATER_OR_EQUAL(TokenKind.GREATER_OR_EQUAL, 7),
    SHIFT_LEFT(TokenKind.SHIFT_LEFT, 8),
    SHIFT_RIGHT(TokenKind.SHIFT_RIGHT, 8),
    ADD(TokenKind.PLUS, 9),
    SUBTRACT(TokenKind.MINUS, 9),
    MULTIPLY(TokenKind.STAR, 10),
    DIVIDE(TokenKind.SLASH, 10),
    REMAINDER(TokenKind.PERCENT, 10),
    POWER(TokenKind.STAR_STAR, 12);

    /// Where the signs in front of an operand stand: below powers, above products.
    static final int UNARY_LEVEL = 11;

    private final TokenKind token;
    private final int level;

    BinarySign(TokenKind token, int level) {
      this.token = token;
      this.level = level;
    }

    int level() {
      return level;
    }

    TokenKind token() {
      return token;
    }

    String text() {
      return token.text();
    }

    boolean isComparison() {
      return level == 6 || level == 7;
    }
  }
}
