package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.ClassicalExpression.Constant;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.CallRecord.Made;
import dev.reeve.quantum.qasm.Lowering.Flow;
import dev.reeve.quantum.qasm.ScalarType.Kind;
import dev.reeve.quantum.qasm.Slots.Site;
import dev.reeve.quantum.qasm.Slots.Use;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lowers a statement that needs a value which only the run knows: once for each value there may
/// be, under the condition that it is this one. An angle that depends on measurements turns a
/// rotation into one for each of its bits.
final class Splitter {
  /// Widest angle for each value of which a gate is lowered.
  private static final int STEPS_BITS_MAX = 10;

  /// Gates of one angle whose effects add up when the angles do.
  private static final Set<String> ADDITIVE =
      Set.of("p", "phase", "u1", "rx", "ry", "rz", "cp", "cphase", "crx", "cry", "crz", "gphase");

  private final LoweringContext context;
  private final Lowering lowering;

  Splitter(LoweringContext context, Lowering lowering) {
    this.context = context;
    this.lowering = lowering;
  }

  /// Lowers a statement, and where it says that it needs to know a value, its cases.
  Flow lower(Statement statement, Scope scope) {
    boolean declares = declaresAndAssigns(statement);
    boolean before = context.evaluator.splitting(declares || mayBeSplit(statement));
    @Nullable Made around = context.calls.begin();
    int region = context.sink.region();
    int operations = context.sink.size();
    try {
      return lowering.statement(statement, scope);
    } catch (NeedsKnown needed) {
      context.sink.closeRegionsDownTo(region);
      cutAllButCalls(operations, needed);
      return context.calls.repeated(() -> {
        if (statement instanceof Statement.ClassicalDeclaration declaration && declares) {
          assignAfterwards(declaration, scope);
        } else {
          cases(statement, needed, scope);
        }
        return Flow.NEXT;
      });
    } finally {
      context.calls.end(around);
      boolean _ = context.evaluator.splitting(before);
    }
  }

  /// What calls have done is done, and stays. Everything else is lowered again.
  private void cutAllButCalls(int operations, NeedsKnown needed) {
    int ofCalls = context.calls.operations();
    if (ofCalls == 0) {
      context.sink.cutTo(operations);
    } else if (context.sink.size() - operations != ofCalls) {
      throw context.diagnostics.unsupported(
          needed.expression.offset(),
          "a call in the middle of a statement that depends on a measurement in another place",
          "give its result to a variable before");
    }
  }

  /// What declares a name does so in one place only.
  private static boolean mayBeSplit(Statement statement) {
    return switch (statement) {
      case Statement.GateCall _,
          Statement.Measure _,
          Statement.Assignment _,
          Statement.Reset _,
          Statement.Barrier _,
          Statement.Delay _,
          Statement.Nothing _,
          Statement.Evaluation _,
          Statement.If _,
          Statement.Switch _,
          Statement.For _ ->
          true;
      default -> false;
    };
  }

  private static boolean declaresAndAssigns(Statement statement) {
    return statement instanceof Statement.ClassicalDeclaration declaration
        && !declaration.constant()
        && declaration.value() instanceof Statement.Source.Value;
  }

  /// A declaration happens once; only the assignment in it has cases.
  private void assignAfterwards(Statement.ClassicalDeclaration declaration, Scope scope) {
    Statement.ClassicalDeclaration bare =
        new Statement.ClassicalDeclaration(
            declaration.offset(),
            declaration.nameOffset(),
            false,
            declaration.type(),
            declaration.name(),
            null);
    Flow _ = lowering.statement(bare, scope);
    if (declaration.value() instanceof Statement.Source.Value(Expression value)) {
      Statement.Reference target =
          new Statement.Reference(declaration.nameOffset(), declaration.name(), List.of());
      Flow _ =
          lower(new Statement.Assignment(declaration.nameOffset(), target, null, value), scope);
    }
  }

  private void cases(Statement statement, NeedsKnown needed, Scope scope) {
    int offset = needed.expression.offset();
    boolean bitwise = isAdditive(statement, needed);
    if (needed.wholeAngle && !bitwise && needed.value.type().width() > STEPS_BITS_MAX) {
      throw context.diagnostics.unsupported(
          offset,
          "the angle depends on a measurement and has too many values",
          "give it at most %d bits, or use a rotation such as rz".formatted(STEPS_BITS_MAX));
    }
    int slot = context.slots.of(new Site(Use.SPLIT, context.jumps.depth(), offset, 0));
    context.sink.add(new Operation.AssignVariable(slot, needed.value.code()), offset);
    lowering.forget(AssignedNames.of(statement), scope, offset);
    ClassicalExpression value = new ClassicalExpression.Variable(slot);
    int errors = context.diagnostics.count();
    boolean right = false;
    long last = bitwise ? needed.value.type().width() - 1 : needed.last;
    for (long each = bitwise ? 0 : needed.first; each <= last; each++) {
      context.budget.step(offset);
      Value settled = value(needed.value.type(), bitwise ? 1L << each : each);
      ClassicalExpression condition =
          bitwise
              ? new Binary(
                  BinaryOperation.AND,
                  new Binary(BinaryOperation.SHIFT_RIGHT_UNSIGNED, value, new Constant(each)),
                  new Constant(1))
              : new Binary(BinaryOperation.EQUAL, value, new Constant(each));
      right |= one(statement, needed.expression, settled, condition, scope);
      if (each < last || right) {
        context.diagnostics.forgetFrom(errors);
      }
    }
  }

  /// Lowers one case; one that is wrong is left out, because its value may never come.
  ///
  /// @return whether it is right
  private boolean one(
      Statement statement,
      Expression expression,
      Value value,
      ClassicalExpression condition,
      Scope scope) {
    int errors = context.diagnostics.count();
    context.evaluator.settle(expression, value);
    context.openRegion(expression.offset());
    try {
      Flow _ = lowering.statements(List.of(statement), scope);
    } finally {
      context.evaluator.unsettle(expression);
    }
    List<Operation> operations = context.sink.closeRegion();
    boolean right = context.diagnostics.count() == errors;
    if (!operations.isEmpty() && right) {
      context.sink.add(new Operation.If(condition, operations, List.of()), expression.offset());
    }
    return right;
  }

  private boolean isAdditive(Statement statement, NeedsKnown needed) {
    return statement instanceof Statement.GateCall call
        && needed.value.type().kind() == Kind.ANGLE
        && call.arguments().size() == 1
        && needed.wholeAngle
        && ADDITIVE.contains(call.name())
        && context.gates.isLibrary(call.name())
        && call.modifiers().stream().noneMatch(Statement.Modifier.Power.class::isInstance);
  }

  private static Value value(ScalarType type, long raw) {
    return switch (type.kind()) {
      case BIT -> Value.bits(type.width(), raw);
      case ANGLE -> new RealValue(type, Angles.radians(raw, type.width()));
      case BOOL, INT, UINT, FLOAT, COMPLEX, DURATION -> new IntegerValue(type, raw);
    };
  }
}
