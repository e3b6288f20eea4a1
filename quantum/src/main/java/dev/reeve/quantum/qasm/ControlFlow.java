package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Lowering.Flow;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Lowers branches and loops. What is known is decided here and now: one side of a branch is
/// lowered, a loop is unrolled. What depends on measurements becomes a region of the circuit.
final class ControlFlow {
  private final LoweringContext context;
  private final Assignments assignments;
  private final Lowering lowering;

  ControlFlow(LoweringContext context, Assignments assignments, Lowering lowering) {
    this.context = context;
    this.assignments = assignments;
    this.lowering = lowering;
  }

  Flow branch(Statement.If branch, Scope scope) {
    Value condition = condition(branch.condition(), scope);
    if (!(condition instanceof Computed computed)) {
      boolean holds = ((IntegerValue) condition).value() != 0;
      List<Statement> taken = holds ? branch.then() : branch.otherwise();
      return lowering.statements(taken, scope.inner());
    }
    lowering.forget(AssignedNames.of(branch), scope, branch.offset());
    List<Operation> then = region(branch.then(), scope);
    List<Operation> otherwise = region(branch.otherwise(), scope);
    add(computed.code(), then, otherwise, branch.offset());
    return Flow.NEXT;
  }

  private void add(
      ClassicalExpression condition, List<Operation> then, List<Operation> otherwise, int offset) {
    if (!then.isEmpty() || !otherwise.isEmpty()) {
      context.sink.add(new Operation.If(condition, then, otherwise), offset);
    }
  }

  /// Lowers `switch`: the arm that is taken, or a chain of branches where the run will know.
  Flow choice(Statement.Switch choice, Scope scope) {
    Value control = context.evaluator.evaluate(choice.control(), scope);
    requireInteger(control, choice.control().offset(), "switch over");
    if (!choice.chooses()) {
      throw context.diagnostics.invalid(
          choice.offset(), "switch without a case", "write at least one: case 0 { }");
    }
    List<Arm> arms = arms(choice, scope);
    if (!control.isDynamic()) {
      long value = number(control, choice.control().offset());
      for (Arm arm : arms) {
        if (arm.values().isEmpty() || arm.values().contains(value)) {
          return lowering.statements(arm.body(), scope.inner());
        }
      }
      return Flow.NEXT;
    }
    lowering.forget(AssignedNames.of(choice), scope, choice.offset());
    ClassicalExpression code = context.evaluator.dynamic().code(control, choice.control().offset());
    arms(arms, code, scope, choice.offset());
    return Flow.NEXT;
  }

  private void requireInteger(Value value, int offset, String what) {
    boolean integer =
        switch (value.type().kind()) {
          case INT, UINT -> true;
          case BIT, BOOL, FLOAT, ANGLE, COMPLEX, DURATION -> false;
        };
    if (!integer) {
      throw context.diagnostics.invalid(
          offset, what + " " + value.type().shown(), "only integers: cast it, as in int(...)");
    }
  }

  private long number(Value value, int offset) {
    Value number = context.evaluator.conversions().implicit(value, ScalarType.INT, offset);
    return ((IntegerValue) number).value();
  }

  /// @param values for which it is taken; none for the last resort, which stands last
  private record Arm(Set<Long> values, List<Statement> body) {}

  private List<Arm> arms(Statement.Switch choice, Scope scope) {
    List<Arm> arms = new ArrayList<>();
    Statement.Case last = null;
    Set<Long> seen = new HashSet<>();
    for (Statement.Case each : choice.cases()) {
      if (last != null) {
        throw context.diagnostics.invalid(
            each.offset(), "nothing may stand behind \"default\"", "move it to the end");
      }
      Set<Long> values = new TreeSet<>();
      for (Expression value : each.values()) {
        context.evaluator.constness().require(value, scope);
        requireInteger(context.evaluator.evaluate(value, scope), value.offset(), "case of");
        long number = context.evaluator.constantInteger(value, scope, "the value of case");
        if (!seen.add(number)) {
          throw context.diagnostics.invalid(value.offset(), "case %d twice".formatted(number));
        }
        values.add(number);
      }
      last = each.values().isEmpty() ? each : null;
      arms.add(new Arm(values, each.body()));
    }
    return arms;
  }

  private void arms(List<Arm> arms, ClassicalExpression control, Scope scope, int offset) {
    if (arms.isEmpty()) {
      return;
    }
    Arm first = arms.getFirst();
    if (first.values().isEmpty()) {
      Flow flow = lowering.statements(first.body(), scope.inner());
      requireNoJump(flow);
      return;
    }
    ClassicalExpression condition = null;
    for (long value : first.values()) {
      ClassicalExpression equal =
          new ClassicalExpression.Binary(
              BinaryOperation.EQUAL, control, new ClassicalExpression.Constant(value));
      condition =
          condition == null
              ? equal
              : new ClassicalExpression.Binary(BinaryOperation.EITHER, condition, equal);
    }
    List<Operation> then = region(first.body(), scope);
    context.openRegion(offset);
    arms(arms.subList(1, arms.size()), control, scope, offset);
    List<Operation> otherwise = context.sink.closeRegion();
    if (condition != null) {
      add(condition, then, otherwise, offset);
    }
  }

  /// In a region of the run every jump has raised its flag, so that there is nothing left to do.
  private static void requireNoJump(Flow flow) {
    if (flow != Flow.NEXT && flow != Flow.JUMPED) {
      throw new IllegalStateException(flow.name());
    }
  }

  Flow forLoop(Statement.For loop, Scope scope) {
    ForValues.Rounds rounds = context.forValues.of(loop, scope);
    int errors = context.diagnostics.count();
    context.jumps.open(loop.offset(), context.sink.region());
    Set<Integer> before = context.jumps.raised();
    Flow flow = Flow.NEXT;
    for (int i = 0; i < rounds.count() && flow == Flow.NEXT; i++) {
      context.budget.step(loop.offset());
      int round = i;
      flow =
          guarded(
              before,
              loop,
              scope,
              inner -> {
                Value value = rounds.value().apply(round);
                inner.declare(loop.name(), loopVariable(loop, value));
                return lowering.statements(loop.body(), inner);
              });
      if (context.diagnostics.count() > errors) {
        break;
      }
    }
    context.jumps.close();
    return behind(flow);
  }

  /// How a loop ends, seen from outside.
  private static Flow behind(Flow lastRound) {
    return lastRound == Flow.BREAK ? Flow.NEXT : lastRound;
  }

  /// A round of a loop: only while nothing has left the loop in the rounds before.
  private Flow guarded(
      Set<Integer> before, Statement loop, Scope scope, Function<Scope, Flow> round) {
    Flow flow;
    if (context.jumps.mayBeLeft(before)) {
      lowering.forget(AssignedNames.of(loop), scope, loop.offset());
      ClassicalExpression condition = context.jumps.nothingRaised(before);
      context.openRegion(loop.offset());
      Set<Integer> aside = context.jumps.setAside(before);
      Flow inner = round.apply(scope.inner());
      context.jumps.bringBack(aside);
      requireNoJump(inner);
      add(condition, context.sink.closeRegion(), List.of(), loop.offset());
      flow = Flow.NEXT;
    } else {
      flow = round.apply(scope.inner());
    }
    context.jumps.endRound();
    return flow == Flow.CONTINUE ? Flow.NEXT : flow;
  }

  /// A copy of the value: the body may assign its loop variable without changing the next round,
  /// and what it writes elsewhere does not change the variable.
  private Symbol loopVariable(Statement.For loop, Value value) {
    int region = context.sink.region();
    Slots.Site site = new Slots.Site(Slots.Use.VARIABLE, context.jumps.depth(), loop.offset(), 0);
    Symbol.Variable variable = new Symbol.Variable(site, value.type(), value, region);
    assignments.store(variable, value, loop.nameOffset());
    return variable;
  }

  Flow whileLoop(Statement.While loop, Scope scope) {
    int errors = context.diagnostics.count();
    Set<Integer> before = context.jumps.raised();
    for (int rounds = 0; context.diagnostics.count() == errors; rounds++) {
      context.budget.step(loop.offset());
      int operations = context.sink.size();
      Value condition = condition(loop.condition(), scope);
      if (condition.isDynamic()) {
        leaveToTheRun(loop, scope, condition, context.sink.size() > operations, before);
        return Flow.NEXT;
      }
      if (((IntegerValue) condition).value() == 0) {
        return Flow.NEXT;
      }
      if (rounds >= context.limits.loopRoundsMax()) {
        throw context.diagnostics.limit(
            loop.offset(), "a loop of more than %d rounds".formatted(rounds));
      }
      context.jumps.open(loop.offset(), context.sink.region());
      Flow flow = lowering.statements(loop.body(), scope.inner());
      context.jumps.endRound();
      if (context.jumps.mayBeLeft(before)) {
        leaveToTheRun(loop, scope, Value.truth(true), true, before);
        context.jumps.close();
        return behind(flow) == Flow.CONTINUE ? Flow.NEXT : behind(flow);
      }
      context.jumps.close();
      if (flow == Flow.BREAK) {
        return Flow.NEXT;
      }
      if (flow != Flow.NEXT && flow != Flow.CONTINUE) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  /// A loop whose end the run decides. A condition that measures, or that calls something, is
  /// worked out before each round and kept.
  private void leaveToTheRun(
      Statement.While loop, Scope scope, Value first, boolean kept, Set<Integer> before) {
    lowering.forget(AssignedNames.of(loop), scope, loop.offset());
    int offset = loop.offset();
    boolean left = context.jumps.isRaisedSince(before);
    ClassicalExpression condition;
    int slot = -1;
    if (kept) {
      slot =
          context.slots.of(new Slots.Site(Slots.Use.CONDITION, context.jumps.depth(), offset, 0));
      Value now = left ? guardedCondition(loop, scope, before, slot) : first;
      if (!left) {
        context.sink.add(
            new Operation.AssignVariable(slot, context.evaluator.dynamic().code(now, offset)),
            offset);
      }
      condition = new ClassicalExpression.Variable(slot);
    } else {
      condition = context.evaluator.dynamic().code(condition(loop.condition(), scope), offset);
    }
    context.jumps.open(offset, context.sink.region() + 1);
    context.openRegion(offset);
    Set<Integer> aside = context.jumps.setAside(before);
    Flow flow = lowering.statements(loop.body(), scope.inner());
    context.jumps.endRound();
    if (flow == Flow.BREAK) {
      context.jumps.raiseLeft(offset);
    }
    context.jumps.bringBack(aside);
    if (kept) {
      Value _ = guardedCondition(loop, scope, before, slot);
    }
    List<Operation> body = context.sink.closeRegion();
    ClassicalExpression whole = condition;
    if (context.jumps.isRaisedSince(before)) {
      whole =
          new ClassicalExpression.Binary(
              BinaryOperation.BOTH, condition, context.jumps.nothingRaised(before));
    }
    context.sink.add(new Operation.While(whole, body, context.limits.loopRoundsMax()), offset);
    context.jumps.close();
  }

  /// Works a condition out for the next round, unless the loop has been left.
  private Value guardedCondition(Statement.While loop, Scope scope, Set<Integer> before, int slot) {
    ClassicalExpression open = context.jumps.nothingRaised(before);
    context.openRegion(loop.offset());
    Value value = condition(loop.condition(), scope);
    context.sink.add(
        new Operation.AssignVariable(slot, context.evaluator.dynamic().code(value, loop.offset())),
        loop.offset());
    List<Operation> operations = context.sink.closeRegion();
    context.sink.add(new Operation.If(open, operations, List.of()), loop.offset());
    return value;
  }

  private List<Operation> region(List<Statement> body, Scope scope) {
    context.openRegion(body.isEmpty() ? 0 : body.getFirst().offset());
    requireNoJump(lowering.statements(body, scope.inner()));
    return context.sink.closeRegion();
  }

  private Value condition(Expression condition, Scope scope) {
    if (condition instanceof Expression.BitsLiteral) {
      throw context.diagnostics.invalid(
          condition.offset(), "bits as text are no condition", "cast them: bool(...)");
    }
    Value value = context.evaluator.evaluate(condition, scope);
    return context.evaluator.conversions().toBool(value, condition.offset());
  }
}
