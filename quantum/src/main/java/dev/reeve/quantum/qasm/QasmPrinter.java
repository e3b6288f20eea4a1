package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.List;
import java.util.Optional;

/// Writes a circuit as OpenQASM: one statement a line, angles as decimal numbers that read back as
/// they were. Version 3 can say everything but a gate that is given by its matrix; version 2 has
/// neither decisions nor more controls than its library.
public final class QasmPrinter {
  private final StringBuilder out = new StringBuilder();
  private final Circuit circuit;
  private final boolean second;
  private final PrintedNames names;
  private final PrintedExpressions expressions;
  private String indent = "";

  private final List<OpenInput> inputs;

  private QasmPrinter(Circuit circuit, QasmVersion version, List<OpenInput> inputs) {
    this.circuit = circuit;
    this.inputs = inputs;
    this.second = version == QasmVersion.V2;
    this.names = new PrintedNames(circuit, second, inputs);
    this.expressions = new PrintedExpressions(names);
  }

  /// The first operation that a version has no words for.
  public static Optional<Operation> unspeakable(Circuit circuit, QasmVersion version) {
    return unspeakable(circuit.operations(), version);
  }

  private static Optional<Operation> unspeakable(List<Operation> operations, QasmVersion version) {
    boolean second = version == QasmVersion.V2;
    for (Operation operation : operations) {
      Optional<Operation> found =
          switch (operation) {
            case GateOperation gate when gate.gate() == Gate.UNITARY -> Optional.of(gate);
            case GateOperation gate when second && PrintedGates.second(gate).isEmpty() ->
                Optional.of(gate);
            case Operation.Classical classical when second -> Optional.of(classical);
            case Operation.If branch ->
                unspeakable(branch.then(), version)
                    .or(() -> unspeakable(branch.otherwise(), version));
            case Operation.While loop -> unspeakable(loop.body(), version);
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// @throws IllegalArgumentException for what the version has no words for, see [#unspeakable]
  public static String print(Circuit circuit, QasmVersion version) {
    return print(circuit, version, List.of());
  }

  /// A circuit whose angles inputs decide; they are declared with their types.
  ///
  /// @throws IllegalArgumentException for what the version has no words for
  public static String print(Circuit circuit, QasmVersion version, List<OpenInput> inputs) {
    QasmPrinter printer = new QasmPrinter(circuit, version, inputs);
    printer.head();
    printer.lines(circuit.operations());
    return printer.out.toString();
  }

  private void head() {
    out.append(
        second
            ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n"
            : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
    PrintedGates.definitions(circuit, second).forEach(out::append);
    inputs.forEach(input -> say("input " + input.type() + " " + input.name() + ";"));
    names.declarations().forEach(line -> out.append(line).append('\n'));
  }

  private void lines(List<Operation> operations) {
    operations.forEach(this::line);
  }

  private void line(Operation operation) {
    switch (operation) {
      case GateOperation gate -> gate(gate);
      case Operation.Measure(int qubit, int bit) -> measure(qubit, bit);
      case Operation.Reset(int qubit) -> say("reset " + names.qubit(qubit) + ";");
      case Operation.Barrier barrier -> barrier(barrier.qubits());
      case Operation.Delay(int qubit, double nanoseconds) ->
          // Version 2 knows no time.
          say(
              (second ? "// " : "")
                  + "delay["
                  + nanoseconds(nanoseconds)
                  + "ns] "
                  + names.qubit(qubit)
                  + ";");
      case Operation.Classical classical -> {
        if (second) {
          throw new IllegalArgumentException(classical + " has no line in version 2");
        }
        classical(classical);
      }
    }
  }

  private static String nanoseconds(double nanoseconds) {
    return nanoseconds == Math.rint(nanoseconds) && nanoseconds < 1e15
        ? Long.toString((long) nanoseconds)
        : Double.toString(nanoseconds);
  }

  private void say(String line) {
    out.append(indent).append(line).append('\n');
  }

  private void gate(GateOperation gate) {
    if (gate.gate() == Gate.UNITARY) {
      throw new IllegalArgumentException(gate + " has no line");
    }
    StringBuilder operands = new StringBuilder();
    for (int i = 0; i < gate.controlCount(); i++) {
      operands.append(i == 0 ? " " : ", ").append(names.qubit(gate.control(i)));
    }
    for (int i = 0; i < gate.targetCount(); i++) {
      boolean first = operands.isEmpty();
      operands.append(first ? " " : ", ").append(names.qubit(gate.target(i)));
    }
    PrintedGates.Call call =
        second
            ? PrintedGates.second(gate)
                .orElseThrow(() -> new IllegalArgumentException(gate + " has no line in version 2"))
            : PrintedGates.third(gate);
    if (!call.phase().isEmpty()) {
      String controls =
          operands.substring(0, operands.length() - names.qubit(gate.target(0)).length());
      say(call.phase() + controls.replaceFirst(", $", "").stripTrailing() + ";");
    }
    if (!call.gate().isEmpty()) {
      say(call.gate() + operands + ";");
    }
  }

  private void barrier(Indexes qubits) {
    StringBuilder line = new StringBuilder("barrier");
    for (int i = 0; i < qubits.size(); i++) {
      line.append(i == 0 ? " " : ", ").append(names.qubit(qubits.get(i)));
    }
    if (qubits.size() > 0) {
      say(line.append(';').toString());
    }
  }

  private void measure(int qubit, int bit) {
    if (bit == Operation.Measure.DISCARD) {
      say(
          second
              ? "// measured and not kept: " + names.qubit(qubit)
              : "measure " + names.qubit(qubit) + ";");
    } else if (second) {
      say("measure " + names.qubit(qubit) + " -> " + names.bit(bit) + ";");
    } else {
      say(names.bit(bit) + " = measure " + names.qubit(qubit) + ";");
    }
  }

  private void classical(Operation.Classical operation) {
    switch (operation) {
      case Operation.AssignBits(Indexes bits, ClassicalExpression value) -> assign(bits, value);
      case Operation.AssignVariable(int slot, ClassicalExpression value) ->
          say(PrintedNames.variable(slot) + " = " + expressions.number(value) + ";");
      case Operation.If(
              ClassicalExpression condition,
              List<Operation> then,
              List<Operation> otherwise) -> {
        say("if (" + expressions.truth(condition) + ") {");
        inner(then);
        if (!otherwise.isEmpty()) {
          say("} else {");
          inner(otherwise);
        }
        say("}");
      }
      case Operation.While(ClassicalExpression condition, List<Operation> body, int _) -> {
        say("while (" + expressions.truth(condition) + ") {");
        inner(body);
        say("}");
      }
    }
  }

  private void inner(List<Operation> operations) {
    String before = indent;
    indent = before + "  ";
    lines(operations);
    indent = before;
  }

  /// All bits at once where they are in one register, else through a variable of our own, because
  /// the value may be made of the bits it goes to.
  private void assign(Indexes bits, ClassicalExpression value) {
    String target = names.bits(bits);
    if (!target.isEmpty()) {
      say(target + " = bit[" + bits.size() + "](" + expressions.number(value) + ");");
      return;
    }
    say(PrintedNames.SPARE + " = " + expressions.number(value) + ";");
    for (int i = 0; i < bits.size(); i++) {
      say(names.bit(bits.get(i)) + " = bit[1](" + PrintedNames.SPARE + " >> " + i + ");");
    }
  }
}
