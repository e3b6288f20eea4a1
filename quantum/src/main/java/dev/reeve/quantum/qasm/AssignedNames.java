package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Expression.Selector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The names that a branch or loop may assign, looked up in its text alone. An alias inside it may
/// write what it stands for, and a subroutine the arrays it is given, so these count as well.
final class AssignedNames {
  private final Set<String> names = new TreeSet<>();
  private final Set<String> passed = new TreeSet<>();

  private AssignedNames() {}

  static AssignedNames of(Statement statement) {
    return of(List.of(statement));
  }

  static AssignedNames of(List<Statement> statements) {
    AssignedNames assigned = new AssignedNames();
    assigned.add(statements);
    return assigned;
  }

  /// What is assigned.
  Set<String> assigned() {
    return names;
  }

  /// What is given to calls, which may write to it when it is an array.
  Set<String> passed() {
    return passed;
  }

  private void add(List<Statement> statements) {
    statements.forEach(this::add);
  }

  private void add(Statement statement) {
    switch (statement) {
      case Statement.Assignment assignment -> {
        names.add(assignment.target().name());
        passed(assignment.value());
      }
      case Statement.Measure measure -> {
        if (measure.target() != null) {
          names.add(measure.target().name());
        }
      }
      case Statement.ClassicalDeclaration declaration -> source(declaration.value());
      case Statement.Return back -> source(back.value());
      case Statement.Evaluation evaluation -> passed(evaluation.expression());
      case Statement.GateCall call -> {
        call.arguments().forEach(this::passed);
        call.operands().forEach(operand -> passed.add(operand.name()));
      }
      case Statement.Alias alias -> alias.parts().forEach(part -> names.add(part.name()));
      case Statement.If branch -> {
        passed(branch.condition());
        add(branch.then());
        add(branch.otherwise());
      }
      case Statement.Switch choice -> {
        passed(choice.control());
        choice.cases().forEach(each -> add(each.body()));
      }
      case Statement.For loop -> add(loop.body());
      case Statement.While loop -> {
        passed(loop.condition());
        add(loop.body());
      }
      case Statement.Block block -> add(block.body());
      case Statement.Box box -> add(box.body());
      case Statement.Include _,
          Statement.QubitDeclaration _,
          Statement.ArrayDeclaration _,
          Statement.Passage _,
          Statement.Subroutine _,
          Statement.External _,
          Statement.GateDefinition _,
          Statement.OpaqueDeclaration _,
          Statement.Reset _,
          Statement.Barrier _,
          Statement.Delay _,
          Statement.Nothing _,
          Statement.Remark _,
          Statement.NotOffered _,
          Statement.Break _,
          Statement.Continue _,
          Statement.End _ -> {}
    }
  }

  private void source(Statement.@Nullable Source source) {
    if (source instanceof Statement.Source.Value(Expression expression)) {
      passed(expression);
    }
  }

  /// Names that are given to calls.
  private void passed(Expression expression) {
    switch (expression) {
      case Expression.Call call -> call.arguments().forEach(this::given);
      case Expression.Unary unary -> passed(unary.operand());
      case Expression.Binary binary -> {
        passed(binary.left());
        passed(binary.right());
      }
      case Expression.Cast cast -> passed(cast.operand());
      case Expression.Indexed indexed -> {
        passed(indexed.base());
        if (indexed.selector() instanceof Selector.At at) {
          passed(at.index());
        }
      }
      case Expression.ArrayLiteral literal -> literal.elements().forEach(this::passed);
      case Expression.Concatenation joined -> joined.parts().forEach(this::passed);
      case Expression.Name _,
          Expression.IntegerLiteral _,
          Expression.RealLiteral _,
          Expression.ImaginaryLiteral _,
          Expression.DurationLiteral _,
          Expression.DurationOf _,
          Expression.BooleanLiteral _,
          Expression.BitsLiteral _ -> {}
    }
  }

  private void given(Expression argument) {
    Expression base = argument;
    while (base instanceof Expression.Indexed each) {
      base = each.base();
    }
    if (base instanceof Expression.Name name) {
      passed.add(name.name());
    } else {
      passed(argument);
    }
  }
}
