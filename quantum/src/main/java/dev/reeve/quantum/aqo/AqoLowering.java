package dev.reeve.quantum.aqo;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes circuits of documents, with values for their parameters. A measurement about another axis
/// turns the qubit before, and back when it is used again. Repeated regions are unrolled, waiting
/// takes no time.
public final class AqoLowering {
  private final int operationsMax;
  private final ArgumentValues values;

  /// The axis to which a qubit is still turned, by qubit; only outside of regions.
  private final AqoBasis[] turned;

  private int turns;
  private long made;

  private AqoLowering(int qubits, int operationsMax, ArgumentValues values) {
    this.turned = new AqoBasis[qubits];
    Arrays.fill(turned, AqoBasis.Z);
    this.operationsMax = operationsMax;
    this.values = values;
  }

  /// The circuit of a document. Its bits are the classical indexes of the document.
  ///
  /// @param bindings values by parameter; they come before those of the document
  /// @throws dev.reeve.base.ProblemException `AQO_PARAMETER_UNBOUND`, `AQO_LIMIT_EXCEEDED`,
  ///   `AQO_INVALID` for a delay out of range
  public static Circuit circuit(
      AqoDocument document, Map<String, Double> bindings, AqoLimits limits) {
    AqoLowering lowering =
        new AqoLowering(
            document.qubits(), limits.operationsMax(), ArgumentValues.of(document, bindings));
    List<Operation> operations = lowering.operations(document);
    Footprint used = Footprint.of(operations);
    int bits = Math.max(used.bitsWritten().length(), used.bitsRead().length());
    return Circuit.of(document.qubits(), bits, operations);
  }

  /// The circuit of a document whose parameters all have values in it.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_PARAMETER_UNBOUND`, `AQO_LIMIT_EXCEEDED`,
  ///   `AQO_INVALID` for a delay out of range
  public static Circuit circuit(AqoDocument document) {
    return circuit(document, Map.of(), AqoLimits.DEFAULT);
  }

  private List<Operation> operations(AqoDocument document) {
    List<Operation> operations = new ArrayList<>();
    for (AqoOperation operation : document.operations()) {
      List<Operation> next = lower(operation, true);
      turnBack(next, operations);
      operations.addAll(next);
      remember(operation);
    }
    return operations;
  }

  /// The qubits that the circuit of a document leaves turned; values decide nothing of that.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_LIMIT_EXCEEDED`
  public static MeasuredAxes axes(AqoDocument document, AqoLimits limits) {
    Map<String, Double> zeros = new HashMap<>();
    parameters(document).forEach(name -> zeros.put(name, 0.0));
    AqoLowering lowering =
        new AqoLowering(
            document.qubits(), limits.operationsMax(), ArgumentValues.of(document, zeros));
    List<Operation> _ = lowering.operations(document);
    return MeasuredAxes.of(lowering.turned);
  }

  /// The names of parameters that operations use, in order of use.
  public static List<String> parameters(AqoDocument document) {
    return ArgumentValues.names(document.operations());
  }

  /// @param outside whether the operation is in no region, so that turning back can wait
  private List<Operation> lower(AqoOperation operation, boolean outside) {
    List<Operation> out = new ArrayList<>(1);
    switch (operation) {
      case AqoOperation.Gate gate -> {
        GateLowering.lower(gate, values.of(gate.arguments()), out);
        count(out.size());
      }
      case AqoOperation.Measure measure -> {
        measure(measure, outside, out);
        count(out.size());
      }
      case AqoOperation.Reset reset -> {
        for (int i = 0; i < reset.qubits().size(); i++) {
          out.add(new Operation.Reset(reset.qubits().get(i)));
        }
        count(out.size());
      }
      case AqoOperation.Barrier barrier -> {
        count(1);
        out.add(new Operation.Barrier(barrier.qubits()));
      }
      case AqoOperation.Delay delay -> {
        double nanoseconds = values.of(List.of(delay.nanoseconds()))[0];
        if (!(nanoseconds >= 0 && nanoseconds <= Operation.Delay.NANOSECONDS_MAX)) {
          throw QuantumProblems.AQO_INVALID
              .field(
                  AqoOperation.Delay.ARGUMENT,
                  Double.toString(nanoseconds),
                  "nanoseconds, 0 to 1e15")
              .toException();
        }
        for (int i = 0; i < delay.qubits().size(); i++) {
          out.add(new Operation.Delay(delay.qubits().get(i), nanoseconds));
        }
        count(out.size());
      }
      case AqoOperation.If branch -> {
        count(1);
        out.add(
            new Operation.If(
                holds(branch.condition()), region(branch.then()), region(branch.otherwise())));
      }
      case AqoOperation.For loop -> {
        List<Operation> body = region(loop.body());
        count((loop.count() - 1L) * body.size());
        for (int round = 0; round < loop.count() && !body.isEmpty(); round++) {
          out.addAll(body);
        }
      }
      case AqoOperation.While loop -> {
        count(1);
        out.add(
            new Operation.While(holds(loop.condition()), region(loop.body()), loop.roundsMax()));
      }
    }
    return out;
  }

  private void count(long more) {
    made += more;
    if (made > operationsMax) {
      throw QuantumProblems.AQO_LIMIT_EXCEEDED
          .field("operations", "more than " + operationsMax + " once unrolled", "fewer")
          .toException();
    }
  }

  private List<Operation> region(List<AqoOperation> operations) {
    List<Operation> out = new ArrayList<>();
    for (AqoOperation operation : operations) {
      out.addAll(lower(operation, false));
    }
    return out;
  }

  private static ClassicalExpression holds(AqoCondition condition) {
    return new ClassicalExpression.Binary(
        ClassicalExpression.BinaryOperation.EQUAL,
        new ClassicalExpression.Bits(condition.bits()),
        new ClassicalExpression.Constant(condition.value()));
  }

  private static void measure(AqoOperation.Measure measure, boolean outside, List<Operation> out) {
    AqoBasis basis = measure.basis().orElse(AqoBasis.Z);
    Indexes qubits = measure.qubits();
    for (int i = 0; i < qubits.size(); i++) {
      out.addAll(GateLowering.toZ(basis, qubits.get(i)));
      out.add(new Operation.Measure(qubits.get(i), measure.bits().get(i)));
      if (!outside) {
        out.addAll(GateLowering.fromZ(basis, qubits.get(i)));
      }
    }
  }

  /// What comes next acts on qubits as the document sees them, waits too: one that turns slowly
  /// does so about an axis of the document. A measurement about the same axis as the last one needs
  /// no turn, but turning twice is right as well, and rare.
  private void turnBack(List<Operation> next, List<Operation> out) {
    if (turns == 0) {
      return;
    }
    Footprint footprint = Footprint.of(next);
    BitSet used = footprint.qubits();
    used.or(footprint.delayed());
    for (int qubit = used.nextSetBit(0); qubit >= 0; qubit = used.nextSetBit(qubit + 1)) {
      if (turned[qubit] != AqoBasis.Z) {
        List<GateOperation> back = GateLowering.fromZ(turned[qubit], qubit);
        count(back.size());
        out.addAll(back);
        turned[qubit] = AqoBasis.Z;
        turns--;
      }
    }
  }

  private void remember(AqoOperation operation) {
    if (operation instanceof AqoOperation.Measure measure
        && measure.basis().orElse(AqoBasis.Z) != AqoBasis.Z) {
      for (int i = 0; i < measure.qubits().size(); i++) {
        turned[measure.qubits().get(i)] = measure.basis().get();
        turns++;
      }
    }
  }
}
