package dev.reeve.quantum.aqo;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes documents of circuits. What a version has no gate for is taken apart; what no gate can say
/// is refused by name: computed bits, variables, outcomes that nobody reads.
public final class AqoLifting {
  private final AqoVersion version;
  private final int[] classicalIndex;

  private AqoLifting(AqoVersion version, Circuit circuit) {
    this.version = version;
    this.classicalIndex = new int[circuit.bits()];
    Arrays.fill(classicalIndex, -1);
    int index = 0;
    for (Register register : circuit.bitRegisters()) {
      for (int i = 0; i < register.size(); i++) {
        classicalIndex[register.offset() + i] = index;
        index++;
      }
    }
  }

  /// The document of a circuit in the first version that says each operation as it is, 1.0.0 or
  /// 1.1. In 1.0.0 one-qubit gates may differ by a phase that nothing can observe.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_NOT_EXPRESSIBLE`
  public static AqoDocument document(Circuit circuit) {
    boolean plain = circuit.operations().stream().allMatch(GateLifting::isPlain);
    return document(circuit, plain ? AqoVersion.V1_0 : AqoVersion.V1_1);
  }

  /// The document of a circuit in this version. Gates that it does not have are taken apart;
  /// versions before 1.1 forget barriers.
  ///
  /// @throws dev.reeve.base.ProblemException `AQO_NOT_EXPRESSIBLE`, `CIRCUIT_NOT_COMPILABLE`
  public static AqoDocument document(Circuit circuit, AqoVersion version) {
    if (circuit.qubits() == 0) {
      throw refused("no qubits", "at least one");
    }
    AqoLifting lifting = new AqoLifting(version, circuit);
    List<AqoOperation> operations = lifting.region(circuit.operations(), true);
    if (operations.isEmpty()) {
      throw refused("no operations", "at least one");
    }
    return AqoDocument.of(version, circuit.qubits(), operations);
  }

  /// @param outermost whether nothing comes after the last operation
  private List<AqoOperation> region(List<Operation> operations, boolean outermost) {
    List<AqoOperation> out = new ArrayList<>();
    BitSet dead = outermost ? unobserved(operations) : new BitSet();
    MeasureRun run = new MeasureRun(out);
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i) instanceof Operation.Measure(int qubit, int bit)) {
        if (!dead.get(i)) {
          run.add(qubit, bit(bit));
        }
      } else {
        run.end();
        lift(operations.get(i), out);
      }
    }
    run.end();
    return out;
  }

  /// Measurements that nobody keeps, on qubits that nothing uses afterwards.
  private static BitSet unobserved(List<Operation> operations) {
    BitSet unobserved = new BitSet();
    if (operations.stream().noneMatch(AqoLifting::isDiscarded)) {
      return unobserved;
    }
    BitSet used = new BitSet();
    for (int i = operations.size() - 1; i >= 0; i--) {
      BitSet qubits = Footprint.of(List.of(operations.get(i))).qubits();
      unobserved.set(i, isDiscarded(operations.get(i)) && !used.intersects(qubits));
      used.or(qubits);
    }
    return unobserved;
  }

  private static boolean isDiscarded(Operation operation) {
    return operation instanceof Operation.Measure(int _, int bit)
        && bit == Operation.Measure.DISCARD;
  }

  private void lift(Operation operation, List<AqoOperation> out) {
    switch (operation) {
      case GateOperation gate -> GateLifting.lift(gate, version, out);
      case Operation.Reset(int qubit) -> out.add(new AqoOperation.Reset(Indexes.of(qubit)));
      case Operation.Barrier(Indexes qubits) -> {
        if (version == AqoVersion.V1_1 && qubits.size() > 0) {
          out.add(new AqoOperation.Barrier(qubits));
        }
      }
      case Operation.Delay(int qubit, double nanoseconds) -> {
        if (version == AqoVersion.V1_1) {
          out.add(new AqoOperation.Delay(Indexes.of(qubit), new AqoValue.Decimal(nanoseconds)));
        }
      }
      case Operation.If branch -> branch(branch, out);
      case Operation.While loop -> {
        requireRegions("while");
        Condition condition = condition(loop.condition());
        if (condition.negated()) {
          throw refused("while: a condition that bits differ", "bits that equal a value");
        }
        List<AqoOperation> body = region(loop.body(), false);
        if (body.isEmpty()) {
          throw refused("while: an empty body", "operations");
        }
        out.add(new AqoOperation.While(condition.equality(), loop.iterationsMax(), body));
      }
      case Operation.AssignBits _, Operation.AssignVariable _ ->
          throw refused("a value computed while the circuit runs", "measured bits alone");
      case Operation.Measure _ -> throw new IllegalStateException("handled in its run");
    }
  }

  private void branch(Operation.If branch, List<AqoOperation> out) {
    requireRegions("if");
    Condition condition = condition(branch.condition());
    List<AqoOperation> then = region(branch.then(), false);
    List<AqoOperation> otherwise = region(branch.otherwise(), false);
    if (condition.negated()) {
      List<AqoOperation> swapped = then;
      then = otherwise;
      otherwise = swapped;
    }
    if (!then.isEmpty()) {
      out.add(new AqoOperation.If(condition.equality(), then, otherwise));
    } else if (!otherwise.isEmpty()) {
      throw refused("if: a condition that several bits differ", "bits that equal a value");
    }
  }

  private void requireRegions(String what) {
    if (version != AqoVersion.V1_1) {
      throw refused(what + " in version " + version.text(), "version 1.1");
    }
  }

  /// @param negated whether the bits must differ from the value
  private record Condition(AqoCondition equality, boolean negated) {
    /// One bit that differs from a value has the other one.
    Condition not() {
      return equality.bits().size() == 1
          ? new Condition(new AqoCondition(equality.bits(), 1 - equality.value()), negated)
          : new Condition(equality, !negated);
    }
  }

  private Condition condition(ClassicalExpression expression) {
    return switch (expression) {
      case ClassicalExpression.Bits(Indexes bits) when bits.size() == 1 ->
          equality(bits, 1, false).orElseThrow();
      case ClassicalExpression.Bits(Indexes bits) ->
          equality(bits, 0, true).orElseThrow(() -> wide(bits));
      case ClassicalExpression.Unary(
              ClassicalExpression.UnaryOperation operation,
              ClassicalExpression operand)
          when operation == ClassicalExpression.UnaryOperation.NOT -> {
        Condition inner = condition(operand);
        yield inner.not();
      }
      case ClassicalExpression.Binary(
              ClassicalExpression.BinaryOperation operation,
              ClassicalExpression.Bits(Indexes bits),
              ClassicalExpression.Constant(long value))
          when operation == ClassicalExpression.BinaryOperation.EQUAL
              || operation == ClassicalExpression.BinaryOperation.NOT_EQUAL ->
          equality(bits, value, operation == ClassicalExpression.BinaryOperation.NOT_EQUAL)
              .orElseThrow(() -> wide(bits));
      default ->
          throw refused(
              "a condition other than bits and a value ("
                  + expression.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                  + ")",
              "bits that equal a value");
    };
  }

  private Optional<Condition> equality(Indexes bits, long value, boolean negated) {
    if (bits.size() > AqoCondition.BITS_MAX || value < 0 || value >> bits.size() != 0) {
      return Optional.empty();
    }
    int[] indexes = new int[bits.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = bit(bits.get(i));
    }
    Condition condition = new Condition(new AqoCondition(Indexes.of(indexes), value), false);
    return Optional.of(negated ? condition.not() : condition);
  }

  private static ProblemException wide(Indexes bits) {
    return refused(
        "a condition of " + bits.size() + " bits whose value they cannot hold",
        "at most " + AqoCondition.BITS_MAX + " bits and a value within them");
  }

  private int bit(int address) {
    if (address == Operation.Measure.DISCARD) {
      throw refused("a measurement whose outcome nobody keeps", "a bit for each measurement");
    }
    if (classicalIndex[address] < 0) {
      throw refused("a bit that the program does not return", "bits declared at the top");
    }
    return classicalIndex[address];
  }

  static ProblemException refused(String what, String expected) {
    return QuantumProblems.AQO_NOT_EXPRESSIBLE
        .because(what + " (expected: " + expected + ")")
        .toException();
  }
}
