package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How gates of the model are called in each version, and definitions of those it does not have.
final class PrintedGates {
  /// What version 3 has with one control, under a name of its own.
  private static final Set<Gate> CONTROLLED_3 =
      EnumSet.of(
          Gate.X, Gate.Y, Gate.Z, Gate.H, Gate.P, Gate.RX, Gate.RY, Gate.RZ, Gate.SWAP, Gate.U);

  private static final Set<Gate> CONTROLLED_2 =
      EnumSet.of(
          Gate.X, Gate.Y, Gate.Z, Gate.H, Gate.P, Gate.RX, Gate.RY, Gate.RZ, Gate.SWAP, Gate.SX,
          Gate.U);

  private static final Map<Gate, String> DEFINITIONS =
      Map.of(
          Gate.RXX,
          "gate rxx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h b; h a; }\n",
          Gate.RYY,
          "gate ryy(t) a, b { rx(pi / 2) a; rx(pi / 2) b; cx a, b; rz(t) b; cx a, b;"
              + " rx(-pi / 2) b; rx(-pi / 2) a; }\n",
          Gate.RZZ,
          "gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; }\n");

  private PrintedGates() {}

  /// What stands before the qubits of a gate.
  ///
  /// @param gate name, angles and modifiers; empty for a gate that does nothing
  /// @param phase a phase of its own on the controls, before the gate; empty without
  record Call(String gate, String phase) {}

  /// Definitions of the gates of a circuit that are in no library of the version.
  static List<String> definitions(Circuit circuit, boolean second) {
    Set<Gate> used = EnumSet.noneOf(Gate.class);
    collect(circuit.operations(), used);
    List<String> definitions = new ArrayList<>();
    for (Gate gate : used) {
      boolean inLibrary = second && gate != Gate.RYY;
      if (DEFINITIONS.containsKey(gate) && !inLibrary) {
        definitions.add(DEFINITIONS.getOrDefault(gate, ""));
      }
    }
    return definitions;
  }

  private static void collect(List<Operation> operations, Set<Gate> used) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> used.add(gate.gate());
        case Operation.If branch -> {
          collect(branch.then(), used);
          collect(branch.otherwise(), used);
        }
        case Operation.While loop -> collect(loop.body(), used);
        case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ -> {}
      }
    }
  }

  /// A gate in version 3.
  static Call third(GateOperation gate) {
    Gate kind = gate.gate();
    String name = kind == Gate.I ? "id" : kind.name().toLowerCase(Locale.ROOT);
    boolean positive = gate.controlCount() == 1 && gate.controlValue(0);
    if (positive && CONTROLLED_3.contains(kind)) {
      return new Call("c" + name + angles(gate, kind.angles()), "");
    }
    if (gate.controlCount() == 2
        && kind == Gate.X
        && gate.controlValue(0)
        && gate.controlValue(1)) {
      return new Call("ccx", "");
    }
    if (kind == Gate.U && gate.controlCount() == 0) {
      // The phase of the whole, its fourth angle, has no place in a line and shows nowhere.
      return new Call("u3" + angles(gate, 3), "");
    }
    String modifiers = modifiers(gate);
    if (kind == Gate.U) {
      double rest = gate.angle(3) - gate.angle(0) / 2;
      String phase = rest == 0 ? "" : modifiers + "gphase(" + rest + ")";
      return new Call(modifiers + "U" + angles(gate, 3), phase);
    }
    return kind == Gate.SXDG
        ? new Call(modifiers + "inv @ sx", "")
        : new Call(modifiers + name + angles(gate, kind.angles()), "");
  }

  /// Modifiers for all controls, the first of the operands first.
  private static String modifiers(GateOperation gate) {
    StringBuilder modifiers = new StringBuilder();
    for (int i = 0; i < gate.controlCount(); i++) {
      modifiers.append(gate.controlValue(i) ? "ctrl @ " : "negctrl @ ");
    }
    return modifiers.toString();
  }

  /// A gate in version 2, empty where it has no word. A phase of the whole state has no effect
  /// there, and needs none.
  static Optional<Call> second(GateOperation gate) {
    if (gate.isOpen()) {
      return Optional.empty();
    }
    Gate kind = gate.gate();
    String name = kind == Gate.I ? "id" : kind.name().toLowerCase(Locale.ROOT);
    boolean positive = true;
    for (int i = 0; i < gate.controlCount(); i++) {
      positive &= gate.controlValue(i);
    }
    if (gate.controlCount() == 0) {
      return switch (kind) {
        case UNITARY -> Optional.empty();
        case GPHASE -> Optional.of(new Call("", ""));
        case U -> Optional.of(new Call("u3" + angles(gate, 3), ""));
        // The library of the language's paper has this name alone for it, and so for cu1 below.
        case P -> Optional.of(new Call("u1" + angles(gate, 1), ""));
        default -> Optional.of(new Call(name + angles(gate, kind.angles()), ""));
      };
    }
    if (positive && gate.controlCount() == 1) {
      String turn = turn(kind);
      if (!turn.isEmpty()) {
        return Optional.of(new Call("cu1(" + turn + ")", ""));
      }
      if (kind == Gate.P) {
        return Optional.of(new Call("cu1" + angles(gate, 1), ""));
      }
      if (CONTROLLED_2.contains(kind)) {
        return Optional.of(new Call("c" + name + angles(gate, kind.angles()), ""));
      }
    }
    String many = positive ? many(kind, gate.controlCount()) : "";
    return many.isEmpty() ? Optional.empty() : Optional.of(new Call(many, ""));
  }

  private static String turn(Gate kind) {
    return switch (kind) {
      case S -> "pi/2";
      case SDG -> "-pi/2";
      case T -> "pi/4";
      case TDG -> "-pi/4";
      default -> "";
    };
  }

  private static String many(Gate kind, int controls) {
    if (kind == Gate.X) {
      return switch (controls) {
        case 2 -> "ccx";
        case 3 -> "c3x";
        case 4 -> "c4x";
        default -> "";
      };
    }
    return kind == Gate.SX && controls == 3 ? "c3sqrtx" : "";
  }

  private static String angles(GateOperation gate, int count) {
    if (gate.isOpen()) {
      return "(" + gate.openAngle() + ")";
    }
    StringBuilder angles = new StringBuilder();
    for (int i = 0; i < count; i++) {
      angles.append(i == 0 ? "(" : ", ").append(gate.angle(i));
    }
    return count == 0 ? "" : angles.append(')').toString();
  }
}
