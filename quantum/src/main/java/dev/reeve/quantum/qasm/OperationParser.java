package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Statement.Modifier;
import dev.reeve.quantum.qasm.Statement.Reference;
import java.util.ArrayList;
import java.util.List;

/// Parses what does something: gates, measurements, resets, barriers and assignments.
final class OperationParser {
  private final TokenCursor cursor;
  private final ExpressionParser expressions;

  OperationParser(TokenCursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Statement operation() {
    return switch (cursor.kind()) {
      case MEASURE -> measure();
      case RESET -> {
        int offset = cursor.offset();
        cursor.advance();
        Reference qubits = reference();
        cursor.expect(TokenKind.SEMICOLON, "reset");
        yield new Statement.Reset(offset, qubits);
      }
      case BARRIER -> barrier();
      case CTRL, NEGCTRL, INV, POW, GPHASE -> gateCall();
      case IDENTIFIER -> isAssignment() ? assignment() : gateCall();
      default -> throw Unsupported.asStatement(cursor);
    };
  }

  private boolean isAssignment() {
    return !cursor.isVersion2()
        && switch (cursor.kindAhead(1)) {
          case ASSIGN, COMPOUND_ASSIGN, LEFT_BRACKET -> true;
          default -> false;
        };
  }

  private Statement measure() {
    int offset = cursor.offset();
    cursor.advance();
    Reference qubits = reference();
    Reference target = null;
    if (cursor.isVersion2() || cursor.is(TokenKind.ARROW)) {
      cursor.expect(TokenKind.ARROW, "the qubits of a measurement");
      target = reference();
    }
    cursor.expect(TokenKind.SEMICOLON, "measure");
    return new Statement.Measure(offset, qubits, target);
  }

  private Statement barrier() {
    int offset = cursor.offset();
    cursor.advance();
    List<Reference> qubits = cursor.is(TokenKind.SEMICOLON) ? List.of() : references();
    cursor.expect(TokenKind.SEMICOLON, "barrier");
    return new Statement.Barrier(offset, qubits);
  }

  private Statement assignment() {
    int offset = cursor.offset();
    Reference target = reference();
    BinarySign sign = null;
    if (cursor.is(TokenKind.COMPOUND_ASSIGN)) {
      sign = compoundSign();
    } else if (!cursor.is(TokenKind.ASSIGN)) {
      throw cursor.unexpected("= behind " + target.name());
    }
    cursor.advance();
    if (sign == null && cursor.accept(TokenKind.MEASURE)) {
      Reference qubits = reference();
      cursor.expect(TokenKind.SEMICOLON, "measure");
      return new Statement.Measure(offset, qubits, target);
    }
    Expression value = expressions.expression();
    cursor.expect(TokenKind.SEMICOLON, "an assignment");
    return new Statement.Assignment(offset, target, sign, value);
  }

  private BinarySign compoundSign() {
    String text = cursor.text();
    String operator = text.substring(0, text.length() - 1);
    for (BinarySign sign : BinarySign.values()) {
      if (sign.text().equals(operator)) {
        return sign;
      }
    }
    throw cursor
        .diagnostics()
        .unsupported(cursor.offset(), "\"" + text + "\" is not offered", "write it out");
  }

  private Statement gateCall() {
    int offset = cursor.offset();
    List<Modifier> modifiers = modifiers();
    int nameOffset = cursor.offset();
    boolean globalPhase = cursor.accept(TokenKind.GPHASE);
    String name = globalPhase ? "gphase" : cursor.expectName("the name of a gate");
    List<Expression> arguments =
        cursor.accept(TokenKind.LEFT_PARENTHESIS) ? expressions.arguments() : List.of();
    if (cursor.isVersion2() && cursor.is(TokenKind.LEFT_BRACKET)) {
      throw cursor
          .diagnostics()
          .invalid(nameOffset, "\"" + name + "\" begins no statement", Names.laterHint(name));
    }
    if (cursor.is(TokenKind.LEFT_BRACKET)) {
      throw cursor
          .diagnostics()
          .unsupported(cursor.offset(), "durations of gates are not offered", "leave timing out");
    }
    if (cursor.is(TokenKind.SEMICOLON) && !globalPhase) {
      throw cursor.unexpected("the qubits \"" + name + "\" acts on");
    }
    List<Reference> operands = cursor.is(TokenKind.SEMICOLON) ? List.of() : references();
    cursor.expect(TokenKind.SEMICOLON, "a gate");
    return new Statement.GateCall(offset, nameOffset, name, modifiers, arguments, operands);
  }

  private List<Modifier> modifiers() {
    List<Modifier> modifiers = new ArrayList<>();
    while (true) {
      int offset = cursor.offset();
      switch (cursor.kind()) {
        case INV -> {
          cursor.advance();
          modifiers.add(new Modifier.Inverse(offset));
        }
        case POW -> {
          cursor.advance();
          cursor.expect(TokenKind.LEFT_PARENTHESIS, "pow");
          modifiers.add(new Modifier.Power(offset, expressions.expression()));
          cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the exponent of pow");
        }
        case CTRL, NEGCTRL -> modifiers.add(control(offset));
        default -> {
          return modifiers;
        }
      }
      cursor.expect(TokenKind.AT, "a modifier");
    }
  }

  private Modifier control(int offset) {
    boolean value = cursor.is(TokenKind.CTRL);
    cursor.advance();
    Expression count = null;
    if (cursor.accept(TokenKind.LEFT_PARENTHESIS)) {
      count = expressions.expression();
      cursor.expect(TokenKind.RIGHT_PARENTHESIS, "the number of controls");
    }
    return new Modifier.Control(offset, value, count);
  }

  private List<Reference> references() {
    List<Reference> references = new ArrayList<>();
    do {
      references.add(reference());
    } while (cursor.accept(TokenKind.COMMA) && !cursor.is(TokenKind.SEMICOLON));
    return references;
  }

  /// A name and what is selected of it.
  Reference reference() {
    if (cursor.is(TokenKind.HARDWARE_QUBIT)) {
      throw Unsupported.hardwareQubit(cursor);
    }
    int offset = cursor.offset();
    String name = cursor.expectName("a qubit or register");
    List<Selector> selectors = new ArrayList<>();
    while (cursor.is(TokenKind.LEFT_BRACKET)) {
      selectors.add(cursor.isVersion2() ? indexOfVersion2() : expressions.selector());
    }
    return new Reference(offset, name, selectors);
  }

  private Selector indexOfVersion2() {
    cursor.advance();
    if (!cursor.is(TokenKind.INTEGER)) {
      throw cursor.unexpected("an index");
    }
    Expression index = expressions.expression();
    cursor.expect(TokenKind.RIGHT_BRACKET, "an index");
    return new Selector.At(index.offset(), index);
  }
}
