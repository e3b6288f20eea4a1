package dev.reeve.quantum.drawing;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Names operations and values of one circuit in words that its author knows: registers by their
/// names, angles as multiples of pi where they are. For people; nothing reads it back.
public final class OperationText {
  private static final int DENOMINATOR_MAX = 64;
  private static final double TOLERANCE = 1e-9;

  private final Circuit circuit;
  private final String pi;

  /// @param pi how pi is written: `π` or `pi`
  public OperationText(Circuit circuit, String pi) {
    this.circuit = circuit;
    this.pi = pi;
  }

  /// Every operation as a line of its own, regions indented between braces.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines(circuit.operations(), "", lines);
    return lines;
  }

  /// A length of time, for people.
  static String nanoseconds(double nanoseconds) {
    return nanoseconds < 1_000
        ? String.format(Locale.ROOT, "%.4g ns", nanoseconds)
        : String.format(Locale.ROOT, "%.4g us", nanoseconds / 1_000);
  }

  private void lines(List<Operation> operations, String indent, List<String> lines) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> lines.add(indent + line(gate));
        case Operation.Measure(int qubit, int bit) ->
            lines.add(indent + "measure " + qubit(qubit) + kept(bit));
        case Operation.Delay(int qubit, double nanoseconds) ->
            lines.add(indent + "delay " + nanoseconds(nanoseconds) + " " + qubit(qubit));
        case Operation.Reset(int qubit) -> lines.add(indent + "reset " + qubit(qubit));
        case Operation.Barrier(Indexes qubits) -> {
          StringJoiner names = new StringJoiner(", ", indent + "barrier ", "");
          for (int i = 0; i < qubits.size(); i++) {
            names.add(qubit(qubits.get(i)));
          }
          lines.add(names.toString());
        }
        case Operation.AssignBits(Indexes bits, ClassicalExpression value) ->
            lines.add(indent + bits(bits) + " = " + value(value));
        case Operation.AssignVariable(int slot, ClassicalExpression value) ->
            lines.add(indent + variable(slot) + " = " + value(value));
        case Operation.If branch -> {
          lines.add(indent + "if (" + value(branch.condition()) + ") {");
          lines(branch.then(), indent + "  ", lines);
          if (!branch.otherwise().isEmpty()) {
            lines.add(indent + "} else {");
            lines(branch.otherwise(), indent + "  ", lines);
          }
          lines.add(indent + "}");
        }
        case Operation.While loop -> {
          lines.add(indent + "while (" + value(loop.condition()) + ") {");
          lines(loop.body(), indent + "  ", lines);
          lines.add(indent + "}");
        }
      }
    }
  }

  private String kept(int bit) {
    return bit == Operation.Measure.DISCARD ? "" : " -> " + bit(bit);
  }

  private String line(GateOperation gate) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < gate.controlCount(); i++) {
      line.append(gate.controlValue(i) ? "c" : "nc");
    }
    line.append(gate(gate));
    for (int i = 0; i < gate.controlCount(); i++) {
      line.append(i == 0 ? " " : ", ").append(qubit(gate.control(i)));
    }
    for (int i = 0; i < gate.targetCount(); i++) {
      line.append(i + gate.controlCount() == 0 ? " " : ", ").append(qubit(gate.target(i)));
    }
    return line.toString();
  }

  /// The gate itself, without controls and qubits: `rz(π/2)`.
  public String gate(GateOperation gate) {
    String name = gate.gate() == Gate.UNITARY ? "unitary" : lower(gate.gate().name());
    if (gate.gate().angles() == 0) {
      return name;
    }
    if (gate.isOpen()) {
      return name + "(" + gate.openAngle() + ")";
    }
    StringJoiner angles = new StringJoiner(", ", name + "(", ")");
    int shown = gate.gate() == Gate.U && gate.angle(3) == 0 ? 3 : gate.gate().angles();
    for (int i = 0; i < shown; i++) {
      angles.add(angle(gate.angle(i)));
    }
    return angles.toString();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private String angle(double radians) {
    for (int denominator = 1; denominator <= DENOMINATOR_MAX; denominator++) {
      double times = radians / Math.PI * denominator;
      long whole = Math.round(times);
      if (Math.abs(times - whole) < TOLERANCE && Math.abs(whole) < 1_000) {
        String sign = whole < 0 ? "-" : "";
        long size = Math.abs(whole);
        return size == 0
            ? "0"
            : sign
                + (size == 1 ? "" : Long.toString(size))
                + pi
                + (denominator == 1 ? "" : "/" + denominator);
      }
    }
    return String.format(Locale.ROOT, "%.4g", radians);
  }

  /// A qubit by register and place.
  public String qubit(int qubit) {
    return element(circuit.qubitRegisters(), qubit, "q");
  }

  /// A classical bit by register and place.
  String bit(int address) {
    return element(circuit.bitRegisters(), address, "bit");
  }

  private static String variable(int slot) {
    return "v" + slot;
  }

  private static String element(List<Register> registers, int address, String otherwise) {
    for (Register register : registers) {
      if (address >= register.offset() && address < register.offset() + register.size()) {
        return register.name() + "[" + (address - register.offset()) + "]";
      }
    }
    return otherwise + "[" + address + "]";
  }

  private String bits(Indexes addresses) {
    for (Register register : circuit.bitRegisters()) {
      if (isWhole(register, addresses)) {
        return register.name();
      }
    }
    if (addresses.size() == 1) {
      return bit(addresses.get(0));
    }
    StringJoiner names = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < addresses.size(); i++) {
      names.add(bit(addresses.get(i)));
    }
    return names.toString();
  }

  private static boolean isWhole(Register register, Indexes addresses) {
    if (register.size() != addresses.size() || register.size() == 1) {
      return false;
    }
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.get(i) != register.offset() + i) {
        return false;
      }
    }
    return true;
  }

  /// A value, with parentheses around operations on two.
  public String value(ClassicalExpression value) {
    return switch (value) {
      case ClassicalExpression.Constant(long number) -> Long.toString(number);
      case ClassicalExpression.Bits(Indexes addresses) -> bits(addresses);
      case ClassicalExpression.Variable(int slot) -> variable(slot);
      case ClassicalExpression.Unary unary ->
          switch (unary.operation()) {
            case NEGATE -> "-" + inner(unary.operand());
            case COMPLEMENT -> "~" + inner(unary.operand());
            case NOT -> "!" + inner(unary.operand());
            case POPCOUNT -> "popcount(" + value(unary.operand()) + ")";
          };
      case ClassicalExpression.Binary binary ->
          inner(binary.left()) + " " + symbol(binary.operation()) + " " + inner(binary.right());
      case ClassicalExpression.Wrap wrap -> value(wrap.operand());
    };
  }

  private String inner(ClassicalExpression value) {
    return value instanceof ClassicalExpression.Binary ? "(" + value(value) + ")" : value(value);
  }

  private static String symbol(BinaryOperation operation) {
    return switch (operation) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE, DIVIDE_UNSIGNED -> "/";
      case REMAINDER, REMAINDER_UNSIGNED -> "%";
      case POWER -> "**";
      case AND -> "&";
      case OR -> "|";
      case XOR -> "^";
      case SHIFT_LEFT -> "<<";
      case SHIFT_RIGHT, SHIFT_RIGHT_UNSIGNED -> ">>";
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS, LESS_UNSIGNED -> "<";
      case LESS_OR_EQUAL, LESS_OR_EQUAL_UNSIGNED -> "<=";
      case BOTH -> "&&";
      case EITHER -> "||";
    };
  }
}
