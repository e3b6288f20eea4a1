package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Selection.Chosen;
import java.util.List;

/// Walks a program as an interpreter would and writes down the operations it meets. Declarations,
/// assignments and control flow have classes of their own.
final class Lowering {
  /// How a statement ends.
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE,
    END
  }

  private final LoweringContext context;
  private final Declarations declarations;
  private final Assignments assignments;
  private final ControlFlow controlFlow;

  private Lowering(LoweringContext context) {
    this.context = context;
    this.assignments = new Assignments(context);
    this.declarations = new Declarations(context, assignments);
    this.controlFlow = new ControlFlow(context, assignments, this);
  }

  static Circuit lower(
      List<Statement> program,
      QasmVersion version,
      QasmLimits limits,
      Diagnostics diagnostics,
      CancelSignal cancel) {
    LoweringContext context = new LoweringContext(version, limits, diagnostics, cancel);
    Lowering lowering = new Lowering(context);
    lowering.statements(program, Scope.global(version));
    return new Circuit(
        lowering.declarations.qubitCount(),
        context.bits.size(),
        lowering.assignments.variableCount(),
        lowering.declarations.qubitRegisters(),
        lowering.declarations.bitRegisters(),
        context.sink.body());
  }

  /// Statements one after the other. One that is wrong has said so and is passed over.
  Flow statements(List<Statement> statements, Scope scope) {
    int region = context.sink.region();
    for (Statement statement : statements) {
      Flow flow;
      try {
        context.budget.step(statement.offset());
        flow = statement(statement, scope);
      } catch (Diagnostics.Stopped stopped) {
        throw stopped;
      } catch (Diagnostics.Reported _) {
        context.sink.closeRegionsDownTo(region);
        continue;
      }
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private Flow statement(Statement statement, Scope scope) {
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
      case Statement.GateCall call ->
          context.expander.expand(
              call, scope, operation -> context.sink.add(operation, call.offset()));
      case Statement.Measure measure -> assignments.measure(measure, scope);
      case Statement.Assignment assignment -> assignments.assign(assignment, scope);
      case Statement.Reset reset -> reset(reset, scope);
      case Statement.Barrier barrier -> barrier(barrier, scope);
      case Statement.If branch -> {
        return controlFlow.branch(branch, scope);
      }
      case Statement.For loop -> {
        return controlFlow.forLoop(loop, scope);
      }
      case Statement.While loop -> {
        return controlFlow.whileLoop(loop, scope);
      }
      case Statement.Block block -> {
        return statements(block.body(), scope.inner());
      }
      case Statement.Break jump -> {
        controlFlow.requireJump("break", jump.offset());
        return Flow.BREAK;
      }
      case Statement.Continue jump -> {
        controlFlow.requireJump("continue", jump.offset());
        return Flow.CONTINUE;
      }
      case Statement.End end -> {
        controlFlow.requireEnd(end.offset());
        return Flow.END;
      }
    }
    return Flow.NEXT;
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
