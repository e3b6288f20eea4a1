package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.BinarySign;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Statement.Modifier;
import dev.reeve.quantum.qasm.Statement.Reference;
import dev.reeve.quantum.qasm.Statement.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
      case IDENTIFIER -> cursor.isVersion2() ? gateCall() : named();
      default -> {
        if (cursor.isVersion2() || !mayBeginExpression()) {
          throw Unsupported.asStatement(cursor);
        }
        yield evaluation(cursor.offset(), expressions.expression());
      }
    };
  }

  private boolean mayBeginExpression() {
    return switch (cursor.kind()) {
      case INTEGER,
          FLOAT,
          STRING,
          TRUE,
          FALSE,
          IMAGINARY,
          TIMING,
          HARDWARE_QUBIT,
          LEFT_PARENTHESIS,
          MINUS,
          TILDE,
          EXCLAMATION,
          DURATIONOF ->
          true;
      default -> false;
    };
  }

  /// What begins with a name: an assignment, a gate or call, or an expression.
  private Statement named() {
    int offset = cursor.offset();
    String name = cursor.text();
    return switch (cursor.kindAhead(1)) {
      case ASSIGN, COMPOUND_ASSIGN -> assignment(reference());
      case LEFT_BRACKET -> indexed(offset, name);
      case LEFT_PARENTHESIS -> called(offset, name);
      default -> isSignAhead() ? evaluation(offset, expressions.expression()) : gateCall();
    };
  }

  private boolean isSignAhead() {
    TokenKind kind = cursor.kindAhead(1);
    return kind == TokenKind.SEMICOLON || kind == TokenKind.IN || expressions.isSign(kind);
  }

  /// `a[1] = 2;`, `x[100ns] q;` or an expression.
  private Statement indexed(int offset, String name) {
    Reference target = reference();
    if (cursor.is(TokenKind.ASSIGN) || cursor.is(TokenKind.COMPOUND_ASSIGN)) {
      return assignment(target);
    }
    if (cursor.kind().isOperand()
        && target.selectors().size() == 1
        && target.selectors().getFirst() instanceof Selector.At(int _, Expression length)) {
      return gate(offset, offset, name, List.of(), List.of(), length);
    }
    Expression read = expressions.expressionFrom(target.read());
    if (cursor.is(TokenKind.SEMICOLON) || !isAssignSign()) {
      return evaluation(offset, read);
    }
    throw cursor.unexpected("= behind " + name);
  }

  private boolean isAssignSign() {
    return cursor.is(TokenKind.ASSIGN) || cursor.is(TokenKind.COMPOUND_ASSIGN);
  }

  /// `rx(pi) q;`, `f(q);` or an expression.
  private Statement called(int offset, String name) {
    cursor.advance();
    cursor.advance();
    List<Expression> arguments = expressions.arguments();
    Expression call = new Expression.Call(offset, name, arguments);
    if (cursor.kind().isOperand()) {
      return gate(offset, offset, name, List.of(), arguments, null);
    }
    if (cursor.is(TokenKind.LEFT_BRACKET)) {
      Selector selector = expressions.selector();
      if (cursor.kind().isOperand() && selector instanceof Selector.At(int _, Expression length)) {
        return gate(offset, offset, name, List.of(), arguments, length);
      }
      call = new Expression.Indexed(selector.offset(), call, selector);
    }
    return evaluation(offset, expressions.expressionFrom(call));
  }

  private Statement evaluation(int offset, Expression expression) {
    cursor.expect(TokenKind.SEMICOLON, "an expression");
    return new Statement.Evaluation(offset, expression);
  }

  /// A statement that is no more than a cast; its type is read already.
  Statement evaluationOfCast(TypeSyntax type) {
    return evaluation(type.offset(), expressions.expressionFrom(expressions.cast(type)));
  }

  /// What stands behind `=` or `return`: a measurement, a value, or a call in the old form, with
  /// qubits behind the parentheses.
  Source source() {
    return source(false);
  }

  /// The same for a declaration, which may also join values or list elements.
  Source initialSource() {
    return source(true);
  }

  private Source source(boolean initial) {
    if (cursor.is(TokenKind.MEASURE)) {
      int offset = cursor.offset();
      cursor.advance();
      return new Source.Measurement(offset, reference());
    }
    Expression value = initial ? expressions.initial() : expressions.expression();
    return new Source.Value(cursor.kind().isOperand() ? oldCall(value) : value);
  }

  private Expression oldCall(Expression head) {
    List<Expression> arguments = new ArrayList<>();
    String name;
    switch (head) {
      case Expression.Name each -> name = each.name();
      case Expression.Call each -> {
        name = each.function();
        arguments.addAll(each.arguments());
      }
      default -> throw cursor.missing(TokenKind.SEMICOLON.shown(), "a value");
    }
    references().forEach(operand -> arguments.add(operand.read()));
    return new Expression.Call(head.offset(), name, arguments);
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

  private Statement assignment(Reference target) {
    int offset = target.offset();
    String text = cursor.text();
    boolean compound = cursor.is(TokenKind.COMPOUND_ASSIGN);
    BinarySign sign = compound ? compoundSign(text) : null;
    cursor.advance();
    Source source = compound ? source() : initialSource();
    cursor.expect(TokenKind.SEMICOLON, "an assignment");
    if (compound && sign == null) {
      return new Statement.NotOffered(offset, "\"" + text + "\" is not offered", "write it out");
    }
    return switch (source) {
      case Source.Value(Expression value) -> new Statement.Assignment(offset, target, sign, value);
      case Source.Measurement(int at, Reference qubits) -> {
        if (sign != null) {
          throw cursor
              .diagnostics()
              .unsupported(
                  at, "a measurement in a compound assignment", "measure into a bit first");
        }
        yield new Statement.Measure(offset, qubits, target);
      }
    };
  }

  private static @Nullable BinarySign compoundSign(String text) {
    String operator = text.substring(0, text.length() - 1);
    for (BinarySign sign : BinarySign.values()) {
      if (sign.text().equals(operator)) {
        return sign;
      }
    }
    return null;
  }

  private Statement gateCall() {
    int offset = cursor.offset();
    List<Modifier> modifiers = cursor.is(TokenKind.IDENTIFIER) ? List.of() : modifiers();
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
    Expression length = expressions.designator();
    return gate(offset, nameOffset, name, modifiers, arguments, length);
  }

  /// The operands of a gate, and its end. A subroutine in the old form may stand here too, with an
  /// arrow to what takes its result.
  private Statement gate(
      int offset,
      int nameOffset,
      String name,
      List<Modifier> modifiers,
      List<Expression> arguments,
      @Nullable Expression length) {
    boolean globalPhase = name.equals("gphase");
    if (!globalPhase && !cursor.kind().isOperand()) {
      if (cursor.is(TokenKind.SEMICOLON)) {
        throw cursor.unexpected("the qubits \"" + name + "\" acts on");
      }
    }
    List<Reference> operands = cursor.is(TokenKind.SEMICOLON) ? List.of() : references();
    if (!cursor.isVersion2() && modifiers.isEmpty() && cursor.accept(TokenKind.ARROW)) {
      Reference target = reference();
      cursor.expect(TokenKind.SEMICOLON, "a call");
      List<Expression> all = new ArrayList<>(arguments);
      operands.forEach(operand -> all.add(operand.read()));
      return new Statement.Assignment(
          offset, target, null, new Expression.Call(nameOffset, name, all));
    }
    cursor.expect(TokenKind.SEMICOLON, "a gate");
    return new Statement.GateCall(offset, nameOffset, name, modifiers, arguments, length, operands);
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

  List<Reference> references() {
    Reference first = reference();
    if (!cursor.accept(TokenKind.COMMA) || cursor.is(TokenKind.SEMICOLON)) {
      return List.of(first);
    }
    Reference second = reference();
    if (!cursor.accept(TokenKind.COMMA) || cursor.is(TokenKind.SEMICOLON)) {
      return List.of(first, second);
    }
    List<Reference> references = new ArrayList<>(List.of(first, second));
    do {
      references.add(reference());
    } while (cursor.accept(TokenKind.COMMA) && !cursor.is(TokenKind.SEMICOLON));
    return references;
  }

  /// A name and what is selected of it.
  Reference reference() {
    int offset = cursor.offset();
    if (cursor.is(TokenKind.HARDWARE_QUBIT)) {
      String number = cursor.text();
      cursor.advance();
      return new Reference(offset, number, List.of());
    }
    String name = cursor.expectName("a qubit or register");
    if (!cursor.is(TokenKind.LEFT_BRACKET)) {
      return new Reference(offset, name, List.of());
    }
    Selector first = index();
    if (!cursor.is(TokenKind.LEFT_BRACKET)) {
      return new Reference(offset, name, List.of(first));
    }
    List<Selector> selectors = new ArrayList<>(List.of(first));
    while (cursor.is(TokenKind.LEFT_BRACKET)) {
      selectors.add(index());
    }
    return new Reference(offset, name, selectors);
  }

  private Selector index() {
    return cursor.isVersion2() ? indexOfVersion2() : expressions.selector();
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
