package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;

/// The parts that lowering one program shares: each does one thing, this only holds them together.
final class LoweringContext {
  final QasmVersion version;
  final QasmLimits limits;
  final Diagnostics diagnostics;
  final Budget budget;
  final BitKnowledge bits = new BitKnowledge();
  final Evaluator evaluator;
  final References references;
  final Gates gates;
  final ForValues forValues;
  final GateExpander expander;
  final OperationSink sink;

  LoweringContext(
      QasmVersion version, QasmLimits limits, Diagnostics diagnostics, CancelSignal cancel) {
    this.version = version;
    this.limits = limits;
    this.diagnostics = diagnostics;
    this.budget = new Budget(limits, diagnostics, cancel);
    this.evaluator = new Evaluator(version, diagnostics, bits);
    this.references = new References(evaluator, diagnostics);
    this.gates = new Gates(version, diagnostics);
    this.forValues = new ForValues(evaluator, references, diagnostics, limits);
    this.expander = new GateExpander(diagnostics, evaluator, references, gates, budget, forValues);
    this.sink = new OperationSink(budget);
  }
}
