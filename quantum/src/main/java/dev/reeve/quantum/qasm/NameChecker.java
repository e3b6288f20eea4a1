package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Statement.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks at the names in a subroutine that nothing calls, so that a slip in it is found all the
/// same. What is called was looked at where it was called.
final class NameChecker {
  private final LoweringContext context;
  private final Scope global;
  private final Deque<Set<String>> declared = new ArrayDeque<>();

  NameChecker(LoweringContext context, Scope global) {
    this.context = context;
    this.global = global;
  }

  void check(Statement.Subroutine subroutine) {
    declared.push(new HashSet<>());
    subroutine.parameters().forEach(parameter -> declare(parameter.name()));
    inner(subroutine.body());
    declared.pop();
  }

  private void declare(String name) {
    declared.element().add(name);
  }

  private void inner(List<Statement> statements) {
    declared.push(new HashSet<>());
    statements.forEach(this::statement);
    declared.pop();
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.ClassicalDeclaration declaration -> {
        source(declaration.value());
        declare(declaration.name());
      }
      case Statement.ArrayDeclaration declaration -> {
        declaration.type().sizes().forEach(this::expression);
        expression(declaration.value());
        declare(declaration.name());
      }
      case Statement.Alias alias -> {
        alias.parts().forEach(this::reference);
        declare(alias.name());
      }
      case Statement.GateCall call -> gate(call);
      case Statement.Measure measure -> {
        reference(measure.qubits());
        if (measure.target() != null) {
          reference(measure.target());
        }
      }
      case Statement.Reset reset -> reference(reset.qubits());
      case Statement.Barrier barrier -> barrier.qubits().forEach(this::reference);
      case Statement.Delay delay -> {
        expression(delay.length());
        delay.qubits().forEach(this::reference);
      }
      case Statement.Nothing nothing -> nothing.qubits().forEach(this::reference);
      case Statement.Assignment assignment -> {
        reference(assignment.target());
        expression(assignment.value());
      }
      case Statement.Evaluation evaluation -> expression(evaluation.expression());
      case Statement.Return back -> source(back.value());
      case Statement.If branch -> {
        expression(branch.condition());
        inner(branch.then());
        inner(branch.otherwise());
      }
      case Statement.Switch choice -> choice(choice);
      case Statement.For loop -> loop(loop);
      case Statement.While loop -> {
        expression(loop.condition());
        inner(loop.body());
      }
      case Statement.Block block -> inner(block.body());
      case Statement.Box box -> inner(box.body());
      case Statement.Include _,
          Statement.QubitDeclaration _,
          Statement.Passage _,
          Statement.Subroutine _,
          Statement.External _,
          Statement.GateDefinition _,
          Statement.OpaqueDeclaration _,
          Statement.Remark _,
          Statement.NotOffered _,
          Statement.Break _,
          Statement.Continue _,
          Statement.End _ -> {}
    }
  }

  private void choice(Statement.Switch choice) {
    expression(choice.control());
    for (Statement.Case each : choice.cases()) {
      each.values().forEach(this::expression);
      inner(each.body());
    }
  }

  private void loop(Statement.For loop) {
    selector(loop.values());
    declared.push(new HashSet<>());
    declare(loop.name());
    inner(loop.body());
    declared.pop();
  }

  private void gate(Statement.GateCall call) {
    call.arguments().forEach(this::expression);
    call.operands().forEach(this::reference);
    boolean known = context.gates.isKnown(call.name()) || global.find(call.name()) != null;
    if (!known && !isDeclared(call.name())) {
      context.diagnostics.note(
          call.nameOffset(), "gate \"" + call.name() + "\" is not defined", "");
    }
  }

  private void source(Statement.@Nullable Source source) {
    switch (source) {
      case null -> {}
      case Statement.Source.Value(Expression value) -> expression(value);
      case Statement.Source.Measurement(int _, Reference qubits) -> reference(qubits);
    }
  }

  private void reference(Reference reference) {
    name(reference.name(), reference.offset());
    reference.selectors().forEach(this::selector);
  }

  private void selector(Selector selector) {
    switch (selector) {
      case Selector.At at -> expression(at.index());
      case Selector.Of of -> of.indexes().forEach(this::expression);
      case Selector.Each each -> each.dimensions().forEach(this::selector);
      case Selector.Range range -> {
        expression(range.start());
        expression(range.step());
        expression(range.stop());
      }
    }
  }

  private void expression(@Nullable Expression expression) {
    switch (expression) {
      case null -> {}
      case Expression.Name(int offset, String name) -> name(name, offset);
      case Expression.Unary unary -> expression(unary.operand());
      case Expression.Binary binary -> {
        expression(binary.left());
        expression(binary.right());
      }
      case Expression.Call call -> call.arguments().forEach(this::expression);
      case Expression.Cast cast -> expression(cast.operand());
      case Expression.Indexed indexed -> {
        expression(indexed.base());
        selector(indexed.selector());
      }
      case Expression.ArrayLiteral literal -> literal.elements().forEach(this::expression);
      case Expression.Concatenation joined -> joined.parts().forEach(this::expression);
      case Expression.IntegerLiteral _,
          Expression.RealLiteral _,
          Expression.ImaginaryLiteral _,
          Expression.DurationLiteral _,
          Expression.DurationOf _,
          Expression.BooleanLiteral _,
          Expression.BitsLiteral _ -> {}
    }
  }

  private boolean isDeclared(String name) {
    return declared.stream().anyMatch(names -> names.contains(name));
  }

  private void name(String name, int offset) {
    if (isDeclared(name)) {
      return;
    }
    Symbol symbol = global.find(name);
    if (symbol == null) {
      context.diagnostics.note(offset, "\"" + name + "\" is not declared", "");
    } else if (!symbol.isFixed() && !name.startsWith("$")) {
      context.diagnostics.note(
          offset,
          "a subroutine cannot use \"" + name + "\" from outside",
          "pass it as a parameter, or make it const");
    }
  }
}
