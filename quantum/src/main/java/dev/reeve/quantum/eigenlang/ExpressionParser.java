package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.eigenlang.Token.Kind;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads expressions by recursive descent, loosest binding first.
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> SUMS = Set.of("+", "-");
  private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");

  private final Cursor cursor;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /// An expression, or several with commas between them: a tuple.
  Expression list() {
    int offset = cursor.offset();
    Expression first = one();
    if (!cursor.is(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (cursor.take(",")) {
      if (cursor.is(Kind.NEWLINE) || cursor.is("=") || cursor.is(")") || cursor.is(":")) {
        break;
      }
      items.add(one());
    }
    return new Expression.Sequence(offset, cursor.node(offset, items), items, true);
  }

  /// A single expression.
  Expression one() {
    cursor.enter();
    Expression result = disjunction();
    if (cursor.is("if")) {
      throw left("a choice within an expression", "use an `if` statement");
    }
    if (cursor.is(":=")) {
      throw left("an assignment within an expression", "give it a line of its own");
    }
    cursor.leave();
    return result;
  }

  private Diagnostics.Reported left(String what, String hint) {
    return cursor.diagnostics().unsupported(cursor.offset(), what + " is not offered", hint);
  }

  private Expression disjunction() {
    Expression left = conjunction();
    while (cursor.is("or")) {
      left = binary(left, this::conjunction);
    }
    return left;
  }

  private Expression conjunction() {
    Expression left = negation();
    while (cursor.is("and")) {
      left = binary(left, this::negation);
    }
    return left;
  }

  private Expression negation() {
    if (cursor.is("not")) {
      return unary(this::negation);
    }
    return comparison();
  }

  private Expression comparison() {
    Expression left = sum();
    if (cursor.is("in") || cursor.is("is") || cursor.is("not")) {
      throw left("the operator `" + cursor.peek().text() + "`", "compare with `==`");
    }
    if (isOperator(COMPARISONS)) {
      Expression compared = binary(left, this::sum);
      if (isOperator(COMPARISONS)) {
        throw left("a chain of comparisons", "join two with `and`");
      }
      return compared;
    }
    return left;
  }

  private Expression sum() {
    Expression left = product();
    while (isOperator(SUMS)) {
      left = binary(left, this::product);
    }
    return left;
  }

  private Expression product() {
    Expression left = signed();
    while (isOperator(PRODUCTS)) {
      left = binary(left, this::signed);
    }
    if (isOperator(Set.of("@", "&", "|", "^", "<<", ">>"))) {
      throw left("the operator `" + cursor.peek().text() + "`", "");
    }
    return left;
  }

  private Expression signed() {
    if (isOperator(SUMS)) {
      return unary(this::signed);
    }
    if (cursor.is("~")) {
      throw left("the operator `~`", "");
    }
    Expression base = postfix();
    return cursor.is("**") ? binary(base, this::signed) : base;
  }

  private boolean isOperator(Set<String> operators) {
    return cursor.is(Kind.OPERATOR) && operators.contains(cursor.peek().text());
  }

  /// Reads one more operand.
  private interface Operand {
    Expression read();
  }

  private Expression binary(Expression left, Operand operand) {
    Token operator = cursor.next();
    cursor.enter();
    Expression right = operand.read();
    cursor.leave();
    int depth = cursor.node(operator.offset(), left, right);
    return new Expression.Binary(operator.offset(), depth, operator.text(), left, right);
  }

  private Expression unary(Operand operand) {
    Token operator = cursor.next();
    cursor.enter();
    Expression value = operand.read();
    cursor.leave();
    int depth = cursor.node(operator.offset(), value);
    return new Expression.Unary(operator.offset(), depth, operator.text(), value);
  }

  private Expression postfix() {
    Expression target = atom();
    while (true) {
      int offset = cursor.offset();
      if (cursor.is("(")) {
        target = call(target);
      } else if (cursor.take(".")) {
        int named = cursor.offset();
        String name = cursor.name();
        target = new Expression.Attribute(named, cursor.node(offset, target), target, name);
      } else if (cursor.take("[")) {
        Expression index = list();
        if (cursor.is(":")) {
          throw left("a slice", "loop over a range");
        }
        cursor.expect("]");
        target =
            new Expression.Subscript(offset, cursor.node(offset, target, index), target, index);
      } else {
        return target;
      }
    }
  }

  private Expression call(Expression function) {
    cursor.expect("(");
    List<Expression.Argument> arguments = new ArrayList<>();
    List<Expression> inner = new ArrayList<>(List.of(function));
    while (!cursor.is(")")) {
      Expression.Argument argument = argument(arguments);
      arguments.add(argument);
      inner.add(argument.value());
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect(")");
    int depth = cursor.node(function.offset(), inner);
    return new Expression.Call(function.offset(), depth, function, List.copyOf(arguments));
  }

  private Expression.Argument argument(List<Expression.Argument> before) {
    if (cursor.is("*") || cursor.is("**")) {
      throw left("an argument that is unpacked", "write the arguments out");
    }
    if (cursor.is(Kind.NAME) && cursor.peekSecond().is("=")) {
      int offset = cursor.offset();
      String name = cursor.name();
      cursor.expect("=");
      if (before.stream().anyMatch(other -> other.name().equals(Optional.of(name)))) {
        throw cursor.diagnostics().invalid(offset, "the argument " + name + " twice", "");
      }
      return new Expression.Argument(Optional.of(name), one());
    }
    Expression value = one();
    if (cursor.is("for")) {
      throw left("a comprehension", "use a `for` statement");
    }
    if (!before.isEmpty() && before.getLast().name().isPresent()) {
      throw cursor
          .diagnostics()
          .invalid(value.offset(), "an argument without a name after one with a name", "");
    }
    return new Expression.Argument(Optional.empty(), value);
  }

  private Expression atom() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case INTEGER, REAL -> constant(token, Numbers.parse(token, cursor.diagnostics()));
      case STRING -> string();
      case NAME -> name(token);
      case OPERATOR -> display(token);
      case NEWLINE, INDENT, DEDENT, END -> throw cursor.unexpected("an expression");
    };
  }

  private Expression constant(Token token, Value value) {
    cursor.next();
    return new Expression.Constant(token.offset(), cursor.node(token.offset()), value);
  }

  /// Strings that stand side by side are one.
  private Expression string() {
    int offset = cursor.offset();
    StringBuilder text = new StringBuilder();
    while (cursor.is(Kind.STRING)) {
      text.append(cursor.next().text());
    }
    return new Expression.Constant(offset, cursor.node(offset), new Value.Text(text.toString()));
  }

  private Expression name(Token token) {
    return switch (token.text()) {
      case "True" -> constant(token, new Value.Truth(true));
      case "False" -> constant(token, new Value.Truth(false));
      case "None" -> constant(token, new Value.Nothing());
      default -> {
        Optional<String> hint = Keywords.refused(token.text());
        if (hint.isPresent()) {
          throw left("`" + token.text() + "`", hint.get());
        }
        String name = cursor.name();
        yield new Expression.Name(token.offset(), cursor.node(token.offset()), name);
      }
    };
  }

  private Expression display(Token token) {
    return switch (token.text()) {
      case "(" -> parenthesis();
      case "[" -> brackets();
      case "{" -> braces();
      default -> throw cursor.unexpected("an expression");
    };
  }

  private Expression parenthesis() {
    int offset = cursor.next().offset();
    if (cursor.take(")")) {
      return new Expression.Sequence(offset, cursor.node(offset), List.of(), true);
    }
    Expression inner = list();
    requireNoComprehension();
    cursor.expect(")");
    return inner;
  }

  private Expression brackets() {
    int offset = cursor.next().offset();
    List<Expression> items = new ArrayList<>();
    while (!cursor.is("]")) {
      items.add(one());
      requireNoComprehension();
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect("]");
    return new Expression.Sequence(offset, cursor.node(offset, items), items, false);
  }

  private Expression braces() {
    int offset = cursor.next().offset();
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    List<Expression> all = new ArrayList<>();
    while (!cursor.is("}")) {
      if (cursor.is("**")) {
        throw left("a dictionary within a dictionary's braces", "write its entries out");
      }
      keys.add(one());
      if (!cursor.is(":")) {
        throw left("a set", "write a list");
      }
      cursor.expect(":");
      values.add(one());
      requireNoComprehension();
      all.add(keys.getLast());
      all.add(values.getLast());
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect("}");
    return new Expression.Mapping(offset, cursor.node(offset, all), keys, values);
  }

  private void requireNoComprehension() {
    if (cursor.is("for")) {
      throw left("a comprehension", "use a `for` statement");
    }
  }
}
