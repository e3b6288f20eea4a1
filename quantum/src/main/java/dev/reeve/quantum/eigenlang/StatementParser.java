package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.eigenlang.Token.Kind;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads statements. One with an error is reported and passed over with the block that belongs to
/// it; reading goes on with the next.
final class StatementParser {
  private static final String LIBRARY = "eigen_lang";

  private final Cursor cursor;
  private final ExpressionParser expressions;

  StatementParser(Cursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor);
  }

  /// All of the source.
  List<Statement> program() {
    List<Statement> statements = new ArrayList<>();
    while (!cursor.is(Kind.END)) {
      recovering(statements);
    }
    return List.copyOf(statements);
  }

  private void recovering(List<Statement> into) {
    try {
      if (cursor.is(Kind.INDENT) || cursor.is(Kind.DEDENT)) {
        boolean deeper = cursor.is(Kind.INDENT);
        cursor.next();
        if (deeper) {
          throw cursor.diagnostics().invalid(cursor.offset(), "a line that stands too far in", "");
        }
        return;
      }
      statement(into);
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported _) {
      cursor.skipStatement();
    }
  }

  private void statement(List<Statement> into) {
    if (cursor.is("@") || cursor.is("def")) {
      into.add(function());
    } else if (cursor.is("for")) {
      into.add(loop());
    } else if (cursor.is("if")) {
      into.add(choice());
    } else {
      simpleLine(into);
    }
  }

  private void simpleLine(List<Statement> into) {
    into.add(simple());
    while (cursor.take(";")) {
      if (cursor.is(Kind.NEWLINE)) {
        break;
      }
      into.add(simple());
    }
    if (!cursor.is(Kind.NEWLINE)) {
      throw cursor.unexpected("the end of the line");
    }
    cursor.next();
  }

  private List<Statement> block() {
    cursor.expect(":");
    List<Statement> statements = new ArrayList<>();
    cursor.enter();
    int _ = cursor.node(cursor.offset());
    if (!cursor.is(Kind.NEWLINE)) {
      simpleLine(statements);
    } else {
      cursor.next();
      if (!cursor.is(Kind.INDENT)) {
        throw cursor.unexpected("a block that stands further in");
      }
      cursor.next();
      while (!cursor.is(Kind.DEDENT) && !cursor.is(Kind.END)) {
        recovering(statements);
      }
      if (cursor.is(Kind.DEDENT)) {
        cursor.next();
      }
    }
    cursor.leave();
    return List.copyOf(statements);
  }

  private Statement function() {
    List<Expression> decorators = new ArrayList<>();
    while (cursor.take("@")) {
      decorators.add(expressions.one());
      if (!cursor.is(Kind.NEWLINE)) {
        throw cursor.unexpected("the end of the line");
      }
      cursor.next();
    }
    cursor.expect("def");
    int offset = cursor.offset();
    String name = cursor.name();
    cursor.expect("(");
    List<Statement.Parameter> parameters = parameters();
    if (cursor.take("->")) {
      expressions.one();
    }
    return new Statement.Function(offset, name, parameters, List.copyOf(decorators), block());
  }

  private List<Statement.Parameter> parameters() {
    List<Statement.Parameter> parameters = new ArrayList<>();
    while (!cursor.is(")")) {
      if (cursor.is("*") || cursor.is("**") || cursor.is("/")) {
        throw cursor
            .diagnostics()
            .unsupported(cursor.offset(), "`" + cursor.peek().text() + "` among parameters", "");
      }
      int offset = cursor.offset();
      String name = cursor.name();
      if (cursor.take(":")) {
        expressions.one();
      }
      Optional<Expression> preset = Optional.empty();
      if (cursor.take("=")) {
        preset = Optional.of(expressions.one());
      } else if (!parameters.isEmpty() && parameters.getLast().preset().isPresent()) {
        throw cursor
            .diagnostics()
            .invalid(offset, "a parameter without a default after one with a default", "");
      }
      if (parameters.stream().anyMatch(other -> other.name().equals(name))) {
        throw cursor.diagnostics().invalid(offset, "the parameter " + name + " twice", "");
      }
      parameters.add(new Statement.Parameter(offset, name, preset));
      if (!cursor.take(",")) {
        break;
      }
    }
    cursor.expect(")");
    return List.copyOf(parameters);
  }

  private Statement loop() {
    int offset = cursor.next().offset();
    Expression target = targets();
    cursor.expect("in");
    Expression iterable = expressions.list();
    List<Statement> body = block();
    requireNoElse();
    return new Statement.For(offset, target, iterable, body);
  }

  private void requireNoElse() {
    if (cursor.is("else")) {
      throw cursor
          .diagnostics()
          .unsupported(cursor.offset(), "`else` after a loop is not offered", "");
    }
  }

  /// The names that a loop sets.
  private Expression targets() {
    int offset = cursor.offset();
    boolean parenthesis = cursor.take("(");
    List<Expression> names = new ArrayList<>();
    do {
      int named = cursor.offset();
      names.add(new Expression.Name(named, cursor.node(named), cursor.name()));
    } while (cursor.take(",") && !cursor.is("in") && !cursor.is(")"));
    if (parenthesis) {
      cursor.expect(")");
    }
    return names.size() == 1
        ? names.getFirst()
        : new Expression.Sequence(offset, cursor.node(offset, names), names, true);
  }

  private Statement choice() {
    int offset = cursor.next().offset();
    Expression condition = expressions.one();
    List<Statement> then = block();
    List<Statement> otherwise = List.of();
    if (cursor.is("elif")) {
      cursor.enter();
      otherwise = List.of(choice());
      cursor.leave();
    } else if (cursor.take("else")) {
      otherwise = block();
    }
    return new Statement.If(offset, condition, then, otherwise);
  }

  private Statement simple() {
    Token token = cursor.peek();
    int offset = token.offset();
    int _ = cursor.node(offset);
    if (token.kind() != Kind.NAME) {
      return assignment();
    }
    return switch (token.text()) {
      case "pass" -> {
        cursor.next();
        yield new Statement.Pass(offset);
      }
      case "return" -> {
        cursor.next();
        boolean bare = cursor.is(Kind.NEWLINE) || cursor.is(";");
        yield new Statement.Return(
            offset, bare ? Optional.empty() : Optional.of(expressions.list()));
      }
      case "from" -> importFrom();
      case "import" -> importModule();
      default -> {
        boolean soft = token.text().equals("match") || token.text().equals("type");
        if (soft && cursor.peekSecond().kind() == Kind.NAME) {
          throw refused(token, "");
        }
        Optional<String> hint = Keywords.refused(token.text());
        if (hint.isPresent()) {
          throw refused(token, hint.get());
        }
        yield assignment();
      }
    };
  }

  private Diagnostics.Reported refused(Token token, String hint) {
    return cursor
        .diagnostics()
        .unsupported(token.offset(), "`" + token.text() + "` is not offered", hint);
  }

  private Statement assignment() {
    int offset = cursor.offset();
    Expression first = expressions.list();
    if (cursor.take(":")) {
      expressions.one();
      if (!cursor.is("=")) {
        return new Statement.Pass(offset);
      }
    }
    String operator = cursor.peek().text();
    if (cursor.is(Kind.OPERATOR) && operator.matches("(\\*\\*|//|[+*/%-])=")) {
      cursor.next();
      if (!(first instanceof Expression.Name target)) {
        throw cursor.diagnostics().invalid(offset, "not a name that can be set", "");
      }
      String plain = operator.substring(0, operator.length() - 1);
      return new Statement.Update(offset, target.name(), plain, expressions.list());
    }
    if (!cursor.is("=")) {
      return new Statement.Evaluate(offset, first);
    }
    List<Expression> targets = new ArrayList<>();
    Expression value = first;
    while (cursor.take("=")) {
      requireTarget(value);
      targets.add(value);
      value = expressions.list();
    }
    return new Statement.Assign(offset, List.copyOf(targets), value);
  }

  private void requireTarget(Expression target) {
    boolean settable =
        target instanceof Expression.Name
            || (target instanceof Expression.Sequence names
                && !names.items().isEmpty()
                && names.items().stream().allMatch(Expression.Name.class::isInstance));
    if (!settable) {
      throw cursor.diagnostics().invalid(target.offset(), "not a name that can be set", "");
    }
  }

  private Statement importFrom() {
    int offset = cursor.next().offset();
    String module = module();
    cursor.expect("import");
    List<Statement.Imported> names = new ArrayList<>();
    if (cursor.take("*")) {
      return new Statement.Import(offset, module, List.of());
    }
    boolean parenthesis = cursor.take("(");
    do {
      int named = cursor.offset();
      String name = cursor.name();
      names.add(new Statement.Imported(named, name, cursor.take("as") ? cursor.name() : name));
    } while (cursor.take(",") && !cursor.is(")"));
    if (parenthesis) {
      cursor.expect(")");
    }
    return new Statement.Import(offset, module, List.copyOf(names));
  }

  private Statement importModule() {
    int offset = cursor.next().offset();
    int named = cursor.offset();
    String module = module();
    String local = cursor.take("as") ? cursor.name() : LIBRARY;
    return new Statement.Import(offset, module, List.of(new Statement.Imported(named, "", local)));
  }

  /// A dotted name; only the library's own is allowed.
  private String module() {
    int offset = cursor.offset();
    StringBuilder module = new StringBuilder();
    while (cursor.take(".")) {
      module.append('.');
    }
    if (!module.isEmpty() && cursor.is("import")) {
      throw foreign(offset, module.toString());
    }
    module.append(cursor.name());
    while (cursor.take(".")) {
      module.append('.').append(cursor.name());
    }
    String name = module.toString();
    if (!name.equals(LIBRARY) && !name.equals(LIBRARY + ".optimizers")) {
      throw foreign(offset, name);
    }
    return name;
  }

  private Diagnostics.Reported foreign(int offset, String module) {
    return cursor
        .diagnostics()
        .invalid(
            offset, "import of " + module + " is not allowed", "programs use eigen_lang alone");
  }
}
