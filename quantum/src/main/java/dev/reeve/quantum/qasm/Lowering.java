package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Selection.Chosen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Walks a program as an interpreter would and writes down the operations it meets. Declarations,
/// assignments and control flow have classes of their own.
final class Lowering {
  /// How a statement ends.
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE,
    RETURN,
    END,
    /// What follows in this region is not reached.
    JUMPED
  }

  private final LoweringContext context;
  private final Declarations declarations;
  private final Assignments assignments;
  private final ControlFlow controlFlow;
  private final Subroutines subroutines;
  private final Splitter splitter;

  /// Where statements are whose bodies have been looked at; one may be lowered several times.
  private final Set<Integer> looked = new HashSet<>();

  private Lowering(LoweringContext context) {
    this.context = context;
    this.assignments = new Assignments(context);
    this.declarations = new Declarations(context, assignments);
    this.controlFlow = new ControlFlow(context, assignments, this);
    this.subroutines = new Subroutines(context, declarations, assignments, this);
    this.splitter = new Splitter(context, this);
    context.evaluator.onCall(context.calls.recording(subroutines::call));
  }

  static Circuit lower(
      StatementSource statements,
      OpenQasm.Head head,
      QasmOptions options,
      Diagnostics diagnostics,
      CancelSignal cancel) {
    LoweringContext context = new LoweringContext(head.version(), options, diagnostics, cancel);
    Lowering lowering = new Lowering(context);
    Scope global = Scope.global(head.version());
    if (head.physicalQubits() > 0) {
      lowering.declarations.physicalQubits(head.physicalQubits(), head.physicalOffset(), global);
    }
    Flow _ = lowering.statements(statements, global);
    lowering.subroutines.checkUnused(global);
    if (diagnostics.count() == 0) {
      lowering.declarations.finish();
    }
    return new Circuit(
        lowering.declarations.qubitCount(),
        context.bits.size(),
        context.slots.count(),
        lowering.declarations.qubitRegisters(),
        lowering.declarations.bitRegisters(),
        context.sink.body());
  }

  /// Statements one after the other. One that is wrong has said so and is passed over. Behind one
  /// that may have jumped away, the rest becomes a region that runs if it has not.
  Flow statements(List<Statement> statements, Scope scope) {
    return statements(StatementSource.of(statements), scope);
  }

  private Flow statements(StatementSource statements, Scope scope) {
    int region = context.sink.region();
    int loops = context.jumps.loops();
    int depth = context.jumps.depth();
    Set<Integer> raised = context.jumps.raised();
    Statement statement = statements.next();
    for (; statement != null; statement = statements.next()) {
      Flow flow;
      try {
        context.budget.step(statement.offset());
        flow = splitter.lower(statement, scope);
      } catch (Diagnostics.Stopped stopped) {
        throw stopped;
      } catch (Diagnostics.Reported _) {
        context.sink.closeRegionsDownTo(region);
        context.jumps.drop(loops, depth);
        continue;
      }
      if (flow != Flow.NEXT) {
        if (scope.isGlobal()) {
          BodyChecker.behindEnd(context, statements.rest(), scope);
        }
        return flow;
      }
      if (context.jumps.isRaisedSince(raised)) {
        guarded(statements.rest(), raised, scope);
        return Flow.NEXT;
      }
    }
    return Flow.NEXT;
  }

  private void guarded(List<Statement> rest, Set<Integer> raised, Scope scope) {
    if (rest.isEmpty()) {
      return;
    }
    int offset = rest.getFirst().offset();
    forget(AssignedNames.of(rest), scope, offset);
    ClassicalExpression condition = context.jumps.nothingRaised(raised);
    context.openRegion(offset);
    Set<Integer> aside = context.jumps.setAside(raised);
    Flow _ = statements(rest, scope);
    context.jumps.bringBack(aside);
    List<Operation> operations = context.sink.closeRegion();
    if (!operations.isEmpty()) {
      context.sink.add(new Operation.If(condition, operations, List.of()), offset);
    }
  }

  /// Before a region that may run or not, or several times: what it assigns is no longer known.
  void forget(AssignedNames names, Scope scope, int offset) {
    for (String name : names.assigned()) {
      forget(scope.find(name), offset);
    }
    for (String name : names.passed()) {
      if (scope.find(name) instanceof Symbol.Array array) {
        forget(array, offset);
      }
    }
  }

  private void forget(@Nullable Symbol symbol, int offset) {
    switch (symbol) {
      case Symbol.Variable variable -> assignments.moveToMemory(variable, offset);
      case Symbol.Bits bits -> assignments.forget(bits.addresses());
      case Symbol.Array(ArrayView view) ->
          view.elements().forEach(element -> assignments.moveToMemory(element, offset));
      case Symbol.Constant _,
          Symbol.Qubits _,
          Symbol.Subroutine _,
          Symbol.External _,
          Symbol.Hidden _,
          Symbol.Broken _ -> {}
      case null -> {}
    }
  }

  /// Lowers one statement.
  ///
  /// @throws NeedsKnown when it has to know a value that only the run does
  Flow statement(Statement statement, Scope scope) {
    switch (statement) {
      case Statement.Include include -> {
        requireGlobal(scope, include.offset(), "include");
        context.gates.include(include);
      }
      case Statement.QubitDeclaration declaration -> declarations.qubits(declaration, scope);
      case Statement.ClassicalDeclaration declaration -> declarations.classical(declaration, scope);
      case Statement.Alias alias -> declarations.alias(alias, scope);
      case Statement.GateDefinition definition -> {
        requireGlobal(scope, definition.offset(), "gate");
        gate(definition, scope);
      }
      case Statement.OpaqueDeclaration opaque ->
          context.gates.define(new GateSymbol.Opaque(opaque.name()), opaque.nameOffset());
      case Statement.GateCall call -> gateCall(call, scope);
      case Statement.Measure measure -> assignments.measure(measure, scope);
      case Statement.Assignment assignment -> assignments.assign(assignment, scope);
      case Statement.Reset reset -> reset(reset, scope);
      case Statement.Barrier barrier -> barrier(barrier, scope);
      case Statement.If branch -> {
        return whole(branch, scope, () -> controlFlow.branch(branch, scope));
      }
      case Statement.For loop -> {
        return whole(loop, scope, () -> controlFlow.forLoop(loop, scope));
      }
      case Statement.While loop -> {
        return whole(loop, scope, () -> controlFlow.whileLoop(loop, scope));
      }
      case Statement.Switch choice -> {
        return whole(choice, scope, () -> controlFlow.choice(choice, scope));
      }
      case Statement.Return back -> {
        return subroutines.back(back, scope);
      }
      case Statement.Box box -> {
        length(box.length(), scope);
        return whole(box, scope, () -> statements(box.body(), scope.inner()));
      }
      case Statement.Delay delay -> delay(delay, scope);
      case Statement.Nothing nothing ->
          nothing.qubits().forEach(each -> requireQubits(each, scope));
      case Statement.Evaluation evaluation -> evaluate(evaluation.expression(), scope);
      case Statement.ArrayDeclaration declaration -> declarations.array(declaration, scope);
      case Statement.Passage passage -> declarations.passage(passage, scope);
      case Statement.Subroutine definition -> subroutine(definition, scope);
      case Statement.External external -> external(external, scope);
      case Statement.Remark _ -> {}
      case Statement.NotOffered(int offset, String message, String hint) ->
          throw context.diagnostics.unsupported(offset, message, hint);
      case Statement.Block block -> {
        return whole(block, scope, () -> statements(block.body(), scope.inner()));
      }
      case Statement.Break jump -> {
        return context.jumps.leaveLoop(true, jump.offset());
      }
      case Statement.Continue jump -> {
        return context.jumps.leaveLoop(false, jump.offset());
      }
      case Statement.End end -> {
        return context.jumps.end(end.offset());
      }
    }
    return Flow.NEXT;
  }

  /// Lowers a statement of the outermost level with others inside, then looks at those of them that
  /// were passed over.
  private Flow whole(Statement statement, Scope scope, Supplier<Flow> lowered) {
    int errors = context.diagnostics.count();
    Flow flow = lowered.get();
    boolean sound = context.diagnostics.count() == errors;
    if (scope.isGlobal() && sound && looked.add(statement.offset())) {
      BodyChecker.check(context, statement, scope);
    }
    return flow;
  }

  private void subroutine(Statement.Subroutine definition, Scope scope) {
    requireGlobal(scope, definition.offset(), "def");
    declarations.subroutine(definition, scope);
    subroutines.defined(definition);
  }

  private void external(Statement.External external, Scope scope) {
    requireGlobal(scope, external.offset(), "extern");
    declarations.external(external, scope);
  }

  private void delay(Statement.Delay delay, Scope scope) {
    context.delays.lower(
        delay,
        scope,
        declarations.qubitCount(),
        operation -> context.sink.add(operation, delay.offset()));
  }

  /// A gate, or a subroutine in the old form, with its qubits behind the parentheses.
  private void gateCall(Statement.GateCall call, Scope scope) {
    boolean subroutine = !context.gates.isKnown(call.name()) && isFunction(call.name(), scope);
    if (subroutine && call.modifiers().isEmpty()) {
      List<Expression> arguments = new ArrayList<>(call.arguments());
      call.operands().forEach(operand -> arguments.add(operand.read()));
      evaluate(new Expression.Call(call.nameOffset(), call.name(), arguments), scope);
      return;
    }
    length(call.length(), scope);
    context.expander.expand(call, scope, operation -> context.sink.add(operation, call.offset()));
  }

  private static boolean isFunction(String name, Scope scope) {
    Symbol symbol = scope.find(name);
    return symbol instanceof Symbol.Subroutine || symbol instanceof Symbol.External;
  }

  /// Works an expression out for what it does on the way. An array as such is no mistake.
  private void evaluate(Expression expression, Scope scope) {
    if (expression instanceof Expression.Name(int offset, String name)
        && scope.find(name) == null
        && context.gates.isKnown(name)) {
      throw context.diagnostics.invalid(
          offset + name.length(), "expected the qubits \"" + name + "\" acts on");
    }
    if (expression instanceof Expression.Call call
        && scope.find(call.function()) instanceof Symbol.Subroutine subroutine) {
      context.evaluator.run(call, subroutine, scope);
      return;
    }
    if (context.evaluator.arrays().find(expression, scope) == null) {
      Value _ = context.evaluator.evaluate(expression, scope);
    }
  }

  /// What is said about the time of a gate or a box decides nothing, but must be right.
  private void length(@Nullable Expression length, Scope scope) {
    if (length != null) {
      double _ = context.delays.femtoseconds(length, scope);
    }
  }

  private void requireQubits(Statement.Reference reference, Scope scope) {
    Chosen _ = context.references.qubits(reference, scope);
  }

  private void requireGlobal(Scope scope, int offset, String what) {
    if (!scope.isGlobal()) {
      throw context.diagnostics.invalid(
          offset, "\"" + what + "\" inside a block", "move it to the outermost level");
    }
  }

  /// A gate whose definition is wrong stays known by its name, so that its uses are not reported.
  private void gate(Statement.GateDefinition definition, Scope scope) {
    GateSymbol symbol;
    try {
      if (scope.declares(definition.name())) {
        throw context.diagnostics.invalid(
            definition.nameOffset(),
            "\"" + definition.name() + "\" is declared twice",
            "choose another name");
      }
      symbol =
          new GateChecker(definition, scope, context.gates, context.limits, context.diagnostics)
              .check();
    } catch (Diagnostics.Reported reported) {
      context.gates.breakName(definition.name());
      throw reported;
    }
    context.gates.define(symbol, definition.nameOffset());
  }

  private void reset(Statement.Reset reset, Scope scope) {
    Chosen chosen = context.references.qubits(reset.qubits(), scope);
    for (int i = 0; i < chosen.indexes().size(); i++) {
      context.sink.add(new Operation.Reset(chosen.indexes().get(i)), reset.offset());
    }
  }

  private void barrier(Statement.Barrier barrier, Scope scope) {
    Operation.Barrier operation =
        barrier.qubits().isEmpty()
            ? new Operation.Barrier(Indexes.range(0, declarations.qubitCount()))
            : context.expander.barrier(barrier, scope);
    context.sink.add(operation, barrier.offset());
  }
}
