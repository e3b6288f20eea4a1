package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Lowering.Flow;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Lowers branches and loops. What is known is decided here and now: one side of a branch is
/// lowered, a loop is unrolled. What depends on measurements becomes a region of the circuit.
final class ControlFlow {
  private final LoweringContext context;
  private final Assignments assignments;
  private final Lowering lowering;
  private final Deque<Loop> loops = new ArrayDeque<>();

  ControlFlow(LoweringContext context, Assignments assignments, Lowering lowering) {
    this.context = context;
    this.assignments = assignments;
    this.lowering = lowering;
  }

  /// A loop that is being lowered.
  ///
  /// @param region the region its rounds are written to
  /// @param unrolled false for a loop that is left to the run
  private record Loop(int region, boolean unrolled) {}

  Flow branch(Statement.If branch, Scope scope) {
    Value condition = condition(branch.condition(), scope);
    if (!(condition instanceof Computed computed)) {
      boolean holds = ((IntegerValue) condition).value() != 0;
      List<Statement> taken = holds ? branch.then() : branch.otherwise();
      return lowering.statements(taken, scope.inner());
    }
    moveToMemory(AssignedNames.of(branch), scope, branch.offset());
    List<Operation> then = region(branch.then(), scope);
    List<Operation> otherwise = region(branch.otherwise(), scope);
    if (!then.isEmpty() || !otherwise.isEmpty()) {
      context.sink.add(new Operation.If(computed.code(), then, otherwise), branch.offset());
    }
    return Flow.NEXT;
  }

  Flow forLoop(Statement.For loop, Scope scope) {
    ForValues.Rounds rounds = context.forValues.of(loop, scope);
    int errors = context.diagnostics.count();
    for (int i = 0; i < rounds.count() && context.diagnostics.count() == errors; i++) {
      context.budget.step(loop.offset());
      Scope inner = scope.inner();
      Value value = rounds.value().apply(i);
      inner.declare(loop.name(), loopVariable(loop, value));
      Flow flow = unrolled(loop.body(), inner);
      if (flow == Flow.BREAK) {
        break;
      }
      if (flow == Flow.END) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  /// A copy of the value: the body may assign its loop variable without changing the next round,
  /// and what it writes elsewhere does not change the variable.
  private Symbol loopVariable(Statement.For loop, Value value) {
    int region = context.sink.region();
    Symbol.Variable variable = new Symbol.Variable(loop.offset(), value.type(), value, region);
    assignments.store(variable, value, loop.nameOffset());
    return variable;
  }

  private Flow unrolled(List<Statement> body, Scope scope) {
    loops.push(new Loop(context.sink.region(), true));
    try {
      return lowering.statements(body, scope);
    } finally {
      loops.pop();
    }
  }

  Flow whileLoop(Statement.While loop, Scope scope) {
    int errors = context.diagnostics.count();
    for (int rounds = 0; context.diagnostics.count() == errors; rounds++) {
      context.budget.step(loop.offset());
      Value condition = condition(loop.condition(), scope);
      if (condition.isDynamic()) {
        leaveToTheRun(loop, scope);
        return Flow.NEXT;
      }
      if (((IntegerValue) condition).value() == 0) {
        return Flow.NEXT;
      }
      if (rounds >= context.limits.loopRoundsMax()) {
        throw context.diagnostics.limit(
            loop.offset(), "a loop of more than %d rounds".formatted(rounds));
      }
      Flow flow = unrolled(loop.body(), scope.inner());
      if (flow == Flow.BREAK) {
        return Flow.NEXT;
      }
      if (flow == Flow.END) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private void leaveToTheRun(Statement.While loop, Scope scope) {
    moveToMemory(AssignedNames.of(loop), scope, loop.offset());
    Computed condition = (Computed) condition(loop.condition(), scope);
    loops.push(new Loop(context.sink.region() + 1, false));
    List<Operation> body;
    try {
      body = region(loop.body(), scope);
    } finally {
      loops.pop();
    }
    context.sink.add(
        new Operation.While(condition.code(), body, context.limits.loopRoundsMax()), loop.offset());
  }

  private List<Operation> region(List<Statement> body, Scope scope) {
    context.sink.openRegion();
    lowering.statements(body, scope.inner());
    return context.sink.closeRegion();
  }

  private Value condition(Expression condition, Scope scope) {
    Value value = context.evaluator.evaluate(condition, scope);
    return context.evaluator.conversions().toBool(value, condition.offset());
  }

  /// Before a region that may run or not, or several times: what it assigns is no longer known.
  private void moveToMemory(Iterable<String> names, Scope scope, int offset) {
    for (String name : names) {
      switch (scope.find(name)) {
        case Symbol.Variable variable -> assignments.moveToMemory(variable, offset);
        case Symbol.Bits bits -> assignments.forget(bits.addresses());
        case Symbol.Constant _, Symbol.Qubits _, Symbol.Broken _ -> {}
        case null -> {}
      }
    }
  }

  void requireJump(String word, int offset) {
    Loop loop = loops.peek();
    if (loop == null) {
      throw context.diagnostics.invalid(offset, "\"" + word + "\" outside of a loop");
    }
    if (!loop.unrolled() || loop.region() != context.sink.region()) {
      throw context.diagnostics.unsupported(
          offset,
          "\"" + word + "\" that depends on a measurement is not offered",
          "put what it skips into if, or use the condition of while");
    }
  }

  void requireEnd(int offset) {
    if (context.sink.region() > 0) {
      throw context.diagnostics.unsupported(
          offset, "\"end\" that depends on a measurement is not offered", "put the rest into else");
    }
  }
}
