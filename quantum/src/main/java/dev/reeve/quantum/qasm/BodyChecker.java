package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.LocalNames.Local;
import dev.reeve.quantum.qasm.LocalNames.Sort;
import dev.reeve.quantum.qasm.Statement.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at statements that may never be lowered: branches that are not taken, loops without a
/// round, what stands behind `end`, subroutines that nothing calls. A slip in them is found all the
/// same.
final class BodyChecker {
  private final LoweringContext context;
  private final LocalNames names = new LocalNames();
  private final UseChecker uses;
  private final Statement.@Nullable Subroutine definition;
  private boolean inside;
  private boolean returns;
  private int loops;

  private BodyChecker(
      LoweringContext context, Scope scope, Statement.@Nullable Subroutine definition) {
    this.context = context;
    this.uses = new UseChecker(context, scope, names);
    this.definition = definition;
  }

  /// Looks at a branch or a loop of the outermost level.
  static void check(LoweringContext context, Statement statement, Scope global) {
    new BodyChecker(context, global, null).statement(statement);
  }

  /// Looks at what stands behind the end of a program.
  static void behindEnd(LoweringContext context, List<Statement> rest, Scope global) {
    BodyChecker checker = new BodyChecker(context, global, null);
    rest.forEach(checker::statement);
  }

  /// Looks at the body of a subroutine.
  static void check(LoweringContext context, Statement.Subroutine subroutine, Scope global) {
    BodyChecker checker = new BodyChecker(context, global.closed(), subroutine);
    checker.subroutine(subroutine);
  }

  private void subroutine(Statement.Subroutine subroutine) {
    inside = true;
    for (Parameter parameter : subroutine.parameters()) {
      boolean _ = names.declare(parameter.name(), local(parameter));
    }
    subroutine.body().forEach(this::statement);
    TypeSyntax type = subroutine.type();
    if (type != null && !returns) {
      context.diagnostics.note(
          subroutine.nameOffset(),
          "subroutine \"" + subroutine.name() + "\" ends without a return",
          "return a value of type " + type.kind().text());
    }
  }

  private static Local local(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Qubits qubits -> new Local(Sort.QUBITS, size(qubits.size()));
      case Parameter.Scalar scalar -> local(scalar.type());
      case Parameter.Array _ -> Local.of(Sort.VALUE);
    };
  }

  private static Local local(TypeSyntax type) {
    return type.kind() == ScalarType.Kind.BIT
        ? new Local(Sort.BITS, size(type.width()))
        : Local.of(Sort.VALUE);
  }

  private static long size(@Nullable Expression size) {
    if (size == null) {
      return Local.SINGLE;
    }
    Long number = UseChecker.literal(size);
    return number == null || number < 1 ? Local.UNKNOWN : number;
  }

  private void inner(List<Statement> statements) {
    boolean before = inside;
    inside = true;
    names.open();
    statements.forEach(this::statement);
    names.close();
    inside = before;
  }

  private void declare(String name, int offset, Local local) {
    if (!names.declare(name, local)) {
      context.diagnostics.note(offset, "\"" + name + "\" is declared twice", "choose another name");
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.If branch -> {
        uses.expression(branch.condition());
        inner(branch.then());
        inner(branch.otherwise());
      }
      case Statement.Switch choice -> {
        uses.expression(choice.control());
        if (!choice.chooses()) {
          context.diagnostics.note(
              choice.offset(), "switch without a case", "write at least one: case 0 { }");
        }
        for (Statement.Case each : choice.cases()) {
          each.values().forEach(uses::expression);
          inner(each.body());
        }
      }
      case Statement.For loop -> loop(loop);
      case Statement.While loop -> {
        uses.expression(loop.condition());
        loops++;
        inner(loop.body());
        loops--;
      }
      case Statement.Block block -> inner(block.body());
      case Statement.Box box -> {
        uses.expression(box.length());
        inner(box.body());
      }
      case Statement.Return back -> back(back);
      case Statement.Break jump -> requireLoop("break", jump.offset());
      case Statement.Continue jump -> requireLoop("continue", jump.offset());
      case Statement.End _ -> returns = true;
      case Statement.ClassicalDeclaration _,
          Statement.ArrayDeclaration _,
          Statement.Alias _,
          Statement.QubitDeclaration _,
          Statement.Include _,
          Statement.Passage _,
          Statement.Subroutine _,
          Statement.External _,
          Statement.GateDefinition _,
          Statement.OpaqueDeclaration _ ->
          declaration(statement);
      case Statement.GateCall _,
          Statement.Measure _,
          Statement.Reset _,
          Statement.Barrier _,
          Statement.Delay _,
          Statement.Nothing _,
          Statement.Assignment _,
          Statement.Evaluation _,
          Statement.Remark _,
          Statement.NotOffered _ ->
          operation(statement);
    }
  }

  private void loop(Statement.For loop) {
    uses.selector(loop.values());
    loops++;
    names.open();
    boolean _ = names.declare(loop.name(), Local.of(Sort.VALUE));
    inner(loop.body());
    names.close();
    loops--;
  }

  private void back(Statement.Return back) {
    returns = true;
    source(back.value());
    if (definition == null) {
      context.diagnostics.note(back.offset(), "\"return\" outside of a subroutine", "");
    } else if ((back.value() == null) != (definition.type() == null)) {
      context.diagnostics.note(
          back.offset(),
          definition.type() == null
              ? "a value from a subroutine that gives none back"
              : "a return without the value of type " + definition.type().kind().text(),
          "say what it gives back: def f() -> int { ... }");
    }
  }

  private void requireLoop(String word, int offset) {
    if (loops == 0) {
      context.diagnostics.note(offset, "\"" + word + "\" outside of a loop", "");
    }
  }

  private void declaration(Statement statement) {
    switch (statement) {
      case Statement.ClassicalDeclaration each -> {
        uses.expression(each.type().width());
        source(each.value());
        Local local = each.constant() ? Local.of(Sort.CONSTANT) : local(each.type());
        declare(each.name(), each.nameOffset(), local);
      }
      case Statement.ArrayDeclaration each -> {
        requireOutermost(each.offset(), "array");
        each.type().sizes().forEach(uses::expression);
        uses.expression(each.value());
        declare(each.name(), each.nameOffset(), Local.of(Sort.VALUE));
      }
      case Statement.Alias alias -> {
        Sort sort = Sort.VALUE;
        for (Statement.Reference part : alias.parts()) {
          Local local = uses.reference(part);
          sort = local == null ? Sort.OTHER : local.sort();
        }
        declare(alias.name(), alias.nameOffset(), Local.of(sort));
      }
      case Statement.QubitDeclaration each -> {
        requireOutermost(each.offset(), "qubit");
        declare(each.name(), each.nameOffset(), new Local(Sort.QUBITS, size(each.size())));
      }
      case Statement.Passage each -> {
        requireOutermost(each.offset(), each.input() ? "input" : "output");
        TypeSyntax scalar = each.scalar();
        Local local = scalar == null ? Local.of(Sort.VALUE) : local(scalar);
        declare(each.name(), each.nameOffset(), local);
      }
      case Statement.Subroutine each -> {
        requireOutermost(each.offset(), "def");
        declare(each.name(), each.nameOffset(), Local.of(Sort.OTHER));
      }
      case Statement.External each -> {
        requireOutermost(each.offset(), "extern");
        declare(each.name(), each.nameOffset(), Local.of(Sort.OTHER));
      }
      case Statement.GateDefinition each -> {
        requireOutermost(each.offset(), "gate");
        context.gates.breakName(each.name());
      }
      case Statement.OpaqueDeclaration each -> {
        requireOutermost(each.offset(), "opaque");
        context.gates.breakName(each.name());
      }
      case Statement.Include each -> {
        requireOutermost(each.offset(), "include");
        context.gates.include(each);
      }
      default -> throw new IllegalStateException("no declaration: " + statement);
    }
  }

  private void requireOutermost(int offset, String what) {
    if (inside) {
      context.diagnostics.note(
          offset, "\"" + what + "\" inside a block", "move it to the outermost level");
    }
  }

  private void operation(Statement statement) {
    switch (statement) {
      case Statement.GateCall call -> uses.gate(call);
      case Statement.Measure measure -> {
        uses.qubits(measure.qubits());
        if (measure.target() != null) {
          target(measure.target());
        }
      }
      case Statement.Reset reset -> uses.qubits(reset.qubits());
      case Statement.Barrier barrier -> barrier.qubits().forEach(uses::qubits);
      case Statement.Delay delay -> {
        uses.expression(delay.length());
        delay.qubits().forEach(uses::qubits);
      }
      case Statement.Nothing nothing -> nothing.qubits().forEach(uses::qubits);
      case Statement.Assignment assignment -> {
        target(assignment.target());
        uses.expression(assignment.value());
      }
      case Statement.Evaluation evaluation -> uses.expression(evaluation.expression());
      case Statement.Remark _, Statement.NotOffered _ -> {}
      default -> throw new IllegalStateException("no operation: " + statement);
    }
  }

  private void target(Statement.Reference target) {
    Local local = uses.reference(target);
    if (local == null || local.sort() == Sort.BITS || local.sort() == Sort.VALUE) {
      return;
    }
    String what =
        switch (local.sort()) {
          case CONSTANT -> "constant";
          case QUBITS -> "a qubit";
          default -> "a function";
        };
    context.diagnostics.note(target.offset(), "\"" + target.name() + "\" is " + what, "");
  }

  private void source(Statement.@Nullable Source source) {
    switch (source) {
      case null -> {}
      case Statement.Source.Value(Expression value) -> uses.expression(value);
      case Statement.Source.Measurement(int _, Statement.Reference qubits) -> uses.qubits(qubits);
    }
  }
}
