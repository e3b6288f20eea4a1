package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import java.util.List;
import java.util.Locale;

/// Writes a circuit of gates with names, measurements and resets as flat OpenQASM: one statement a
/// line, angles as decimal numbers that read back as they were.
public final class QasmPrinter {
  private final StringBuilder out = new StringBuilder();
  private final Circuit circuit;
  private final boolean second;

  private QasmPrinter(Circuit circuit, QasmVersion version) {
    this.circuit = circuit;
    this.second = version == QasmVersion.V2;
  }

  /// @throws IllegalArgumentException for what has no line of its own: decisions, gates by matrix,
  ///   gates under several controls
  public static String print(Circuit circuit, QasmVersion version) {
    QasmPrinter printer = new QasmPrinter(circuit, version);
    printer.head();
    circuit.operations().forEach(printer::line);
    return printer.out.toString();
  }

  private void head() {
    out.append(
        second
            ? "OPENQASM 2.0;\ninclude \"qelib1.inc\";\n"
            : "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n");
    registers("qreg", "qubit", circuit.qubitRegisters());
    registers("creg", "bit", circuit.bitRegisters());
  }

  private void registers(String secondWord, String thirdWord, List<Register> registers) {
    for (Register register : registers) {
      if (register.name().equals(Declarations.PHYSICAL)) {
        continue;
      }
      out.append(
          second
              ? "%s %s[%d];\n".formatted(secondWord, register.name(), register.size())
              : "%s[%d] %s;\n".formatted(thirdWord, register.size(), register.name()));
    }
  }

  private void line(Operation operation) {
    switch (operation) {
      case GateOperation gate -> gate(gate);
      case Operation.Measure(int qubit, int bit) -> measure(qubit, bit);
      case Operation.Reset(int qubit) -> out.append("reset ").append(qubit(qubit)).append(";\n");
      case Operation.Barrier barrier -> {
        out.append("barrier");
        for (int i = 0; i < barrier.qubits().size(); i++) {
          out.append(i == 0 ? " " : ", ").append(qubit(barrier.qubits().get(i)));
        }
        out.append(";\n");
      }
      case Operation.Classical classical ->
          throw new IllegalArgumentException(classical + " has no line");
    }
  }

  private void gate(GateOperation gate) {
    if (gate.gate() == Gate.UNITARY || gate.controlCount() > 1) {
      throw new IllegalArgumentException(gate + " has no line");
    }
    out.append(gate.controlCount() == 1 ? "c" : "");
    boolean anyTurn = gate.gate() == Gate.U && gate.controlCount() == 0;
    out.append(anyTurn ? "u3" : gate.gate().name().toLowerCase(Locale.ROOT));
    // The phase of the whole, its fourth angle, has no place in a line and shows nowhere.
    int angles = anyTurn ? 3 : gate.gate().angles();
    for (int i = 0; i < angles; i++) {
      out.append(i == 0 ? "(" : ", ").append(gate.angle(i));
    }
    out.append(angles > 0 ? ") " : " ");
    for (int i = 0; i < gate.controlCount(); i++) {
      out.append(qubit(gate.control(i))).append(", ");
    }
    for (int i = 0; i < gate.targetCount(); i++) {
      out.append(i == 0 ? "" : ", ").append(qubit(gate.target(i)));
    }
    out.append(";\n");
  }

  private void measure(int qubit, int bit) {
    if (bit == Operation.Measure.DISCARD) {
      out.append("// measured and not kept: ").append(qubit(qubit)).append('\n');
    } else if (second) {
      out.append("measure ").append(qubit(qubit)).append(" -> ").append(bit(bit)).append(";\n");
    } else {
      out.append(bit(bit)).append(" = measure ").append(qubit(qubit)).append(";\n");
    }
  }

  private String qubit(int qubit) {
    return element(circuit.qubitRegisters(), qubit);
  }

  private String bit(int address) {
    return element(circuit.bitRegisters(), address);
  }

  private static String element(List<Register> registers, int address) {
    for (Register register : registers) {
      if (address >= register.offset() && address < register.offset() + register.size()) {
        int place = address - register.offset();
        return register.name().equals(Declarations.PHYSICAL)
            ? Declarations.PHYSICAL + place
            : register.name() + "[" + place + "]";
      }
    }
    throw new IllegalArgumentException("no register holds " + address);
  }
}
