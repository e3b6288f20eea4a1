package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Indexes;

/// The parts that lowering one program shares: each does one thing, this only holds them together.
final class LoweringContext {
  /// Deepest nesting of branches and loops that are left to the run.
  private static final int REGIONS_MAX = 256;

  final QasmVersion version;
  final QasmLimits limits;
  final Diagnostics diagnostics;
  final Budget budget;
  final BitKnowledge bits = new BitKnowledge();
  final Slots slots = new Slots();
  final Jumps jumps;
  final HiddenBits hiddenBits = new HiddenBits(this);
  final Evaluator evaluator;
  final CallRecord calls = new CallRecord(this);
  final References references;
  final Gates gates;
  final ForValues forValues;
  final Delays delays;
  final GateExpander expander;
  final OperationSink sink;
  final Inputs inputs;

  LoweringContext(
      QasmVersion version, QasmOptions options, Diagnostics diagnostics, CancelSignal cancel) {
    this.version = version;
    this.limits = options.limits();
    this.inputs = new Inputs(options);
    this.diagnostics = diagnostics;
    this.budget = new Budget(limits, diagnostics, cancel);
    this.evaluator = new Evaluator(version, diagnostics, bits, budget);
    this.references = new References(evaluator, diagnostics);
    this.gates = new Gates(version, diagnostics);
    this.forValues = new ForValues(evaluator, references, diagnostics, limits);
    this.jumps = new Jumps(this);
    this.delays = new Delays(evaluator, references, diagnostics);
    this.expander =
        new GateExpander(diagnostics, evaluator, references, gates, budget, forValues, delays);
    this.sink = new OperationSink(budget);
  }

  /// Opens a region of the circuit. Whoever runs it goes one level deeper for each.
  void openRegion(int offset) {
    if (sink.region() >= REGIONS_MAX) {
      throw diagnostics.limit(
          offset, "branches of the run nested deeper than %d".formatted(REGIONS_MAX));
    }
    sink.openRegion();
  }

  /// More bits of the circuit's memory.
  Indexes newBits(int size, int offset) {
    if (size > limits.bitsMax() - bits.size()) {
      throw diagnostics.limit(offset, "more than %d classical bits".formatted(limits.bitsMax()));
    }
    return Indexes.range(bits.add(size, sink.region()), size);
  }
}
