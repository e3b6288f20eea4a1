package dev.reeve.quantum.aqo;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.compiler.Decomposer;
import dev.reeve.quantum.compiler.EulerAngles;
import java.util.List;
import java.util.Optional;

/// What each gate of the circuit model is in the format.
final class GateLifting {
  private static final double HALF = Math.PI / 2;
  private static final double QUARTER = Math.PI / 4;

  private GateLifting() {}

  /// Whether version 1.0.0 says an operation as it is, up to a phase.
  static boolean isPlain(Operation operation) {
    return switch (operation) {
      case GateOperation gate ->
          gate.controlCount() == 0
              ? gate.qubitCount() < 2 || gate.gate() == Gate.SWAP
              : name(gate).filter(name -> name.since() == AqoVersion.V0_1).isPresent();
      case Operation.Measure _, Operation.Reset _ -> true;
      case Operation.Barrier _, Operation.Delay _, Operation.Classical _ -> false;
    };
  }

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_NOT_COMPILABLE` for a gate that cannot be
  ///   taken apart
  static void lift(GateOperation gate, AqoVersion version, List<AqoOperation> out) {
    Optional<AqoGate> name = name(gate).filter(found -> found.since().compareTo(version) <= 0);
    if (name.isPresent()) {
      out.add(named(name.get(), gate));
    } else if (gate.controlCount() == 0 && version == AqoVersion.V1_1 && isShort(gate)) {
      shortly(gate, out);
    } else if (gate.controlCount() == 0 && gate.gate() == Gate.GPHASE) {
      // Nothing can observe it, and this version cannot say it.
    } else if (gate.controlCount() == 0 && gate.targetCount() == 1) {
      rotations(gate, version, out);
    } else {
      int qubits = 0;
      for (int i = 0; i < gate.qubitCount(); i++) {
        qubits = Math.max(qubits, gate.qubit(i) + 1);
      }
      for (Operation part : Decomposer.decompose(List.of(gate), qubits)) {
        lift((GateOperation) part, version, out);
      }
    }
  }

  /// The one gate of the format that does the same, in whatever version.
  private static Optional<AqoGate> name(GateOperation operation) {
    for (int i = 0; i < operation.controlCount(); i++) {
      if (!operation.controlValue(i)) {
        return Optional.empty();
      }
    }
    return switch (operation.controlCount()) {
      case 0 -> alone(operation);
      case 1 -> underOne(operation.gate());
      case 2 ->
          switch (operation.gate()) {
            case X -> Optional.of(AqoGate.CCX);
            case Z -> Optional.of(AqoGate.CCZ);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<AqoGate> alone(GateOperation operation) {
    return switch (operation.gate()) {
      case X -> Optional.of(AqoGate.X);
      case Y -> Optional.of(AqoGate.Y);
      case Z -> Optional.of(AqoGate.Z);
      case H -> Optional.of(AqoGate.H);
      case S -> Optional.of(AqoGate.S);
      case SDG -> Optional.of(AqoGate.SDG);
      case T -> Optional.of(AqoGate.T);
      case TDG -> Optional.of(AqoGate.TDG);
      case SX -> Optional.of(AqoGate.SX);
      case P -> Optional.of(AqoGate.P);
      case RX -> Optional.of(AqoGate.RX);
      case RY -> Optional.of(AqoGate.RY);
      case RZ -> Optional.of(AqoGate.RZ);
      case SWAP -> Optional.of(AqoGate.SWAP);
      case RXX -> Optional.of(AqoGate.RXX);
      case RYY -> Optional.of(AqoGate.RYY);
      case RZZ -> Optional.of(AqoGate.RZZ);
      case GPHASE -> Optional.of(AqoGate.GPHASE);
      case U -> operation.angle(3) == 0 ? Optional.of(AqoGate.U) : Optional.empty();
      case I, SXDG, UNITARY -> Optional.empty();
    };
  }

  private static Optional<AqoGate> underOne(Gate gate) {
    return switch (gate) {
      case X -> Optional.of(AqoGate.CX);
      case Y -> Optional.of(AqoGate.CY);
      case Z -> Optional.of(AqoGate.CZ);
      case H -> Optional.of(AqoGate.CH);
      case P -> Optional.of(AqoGate.CP);
      case RX -> Optional.of(AqoGate.CRX);
      case RY -> Optional.of(AqoGate.CRY);
      case RZ -> Optional.of(AqoGate.CRZ);
      case SWAP -> Optional.of(AqoGate.CSWAP);
      case I, S, SDG, T, TDG, SX, SXDG, U, RXX, RYY, RZZ, GPHASE, UNITARY -> Optional.empty();
    };
  }

  /// Controls first.
  private static AqoOperation named(AqoGate name, GateOperation gate) {
    int[] qubits = new int[gate.qubitCount()];
    for (int i = 0; i < qubits.length; i++) {
      int controls = gate.controlCount();
      qubits[i] = i < controls ? gate.control(i) : gate.target(i - controls);
    }
    double[] angles = new double[name.arguments().size()];
    for (int i = 0; i < angles.length; i++) {
      angles[i] = gate.angle(i);
    }
    return AqoOperation.Gate.of(name, angles, qubits);
  }

  private static boolean isShort(GateOperation gate) {
    return switch (gate.gate()) {
      case I, SXDG, U -> true;
      case X, Y, Z, H, S, SDG, T, TDG, SX, P, RX, RY, RZ, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY ->
          false;
    };
  }

  /// Gates that version 1.1 says in two words, or does not need to say.
  private static void shortly(GateOperation gate, List<AqoOperation> out) {
    switch (gate.gate()) {
      case SXDG -> {
        out.add(AqoOperation.Gate.of(AqoGate.SX, gate.target(0)));
        out.add(AqoOperation.Gate.of(AqoGate.X, gate.target(0)));
      }
      case U -> {
        double[] angles = {gate.angle(0), gate.angle(1), gate.angle(2)};
        out.add(AqoOperation.Gate.of(AqoGate.U, angles, gate.target(0)));
        out.add(AqoOperation.Gate.of(AqoGate.GPHASE, new double[] {gate.angle(3)}));
      }
      case I -> {}
      case X, Y, Z, H, S, SDG, T, TDG, SX, P, RX, RY, RZ, SWAP, RXX, RYY, RZZ, GPHASE, UNITARY ->
          throw new IllegalStateException("one word");
    }
  }

  /// A one-qubit gate up to its phase.
  private static void rotations(GateOperation gate, AqoVersion version, List<AqoOperation> out) {
    int qubit = gate.target(0);
    switch (gate.gate()) {
      case SDG -> rotate(AqoGate.RZ, -HALF, qubit, out);
      case TDG -> rotate(AqoGate.RZ, -QUARTER, qubit, out);
      case SX -> rotate(AqoGate.RX, HALF, qubit, out);
      case SXDG -> rotate(AqoGate.RX, -HALF, qubit, out);
      case P -> rotate(AqoGate.RZ, gate.angle(0), qubit, out);
      case U -> turns(gate.angle(0), gate.angle(1), gate.angle(2), qubit, out);
      case I -> {}
      case X, Y, Z, H, S, T, RX, RY, RZ, UNITARY -> {
        EulerAngles angles = EulerAngles.of(gate.matrix());
        turns(angles.theta(), angles.phi(), angles.lambda(), qubit, out);
        if (version == AqoVersion.V1_1) {
          double phase = angles.phase() + (angles.phi() + angles.lambda()) / 2;
          out.add(AqoOperation.Gate.of(AqoGate.GPHASE, new double[] {phase}));
        }
      }
      case SWAP, RXX, RYY, RZZ, GPHASE -> throw new IllegalStateException("not on one qubit");
    }
  }

  private static void turns(
      double theta, double phi, double lambda, int qubit, List<AqoOperation> out) {
    rotate(AqoGate.RZ, lambda, qubit, out);
    rotate(AqoGate.RY, theta, qubit, out);
    rotate(AqoGate.RZ, phi, qubit, out);
  }

  private static void rotate(AqoGate gate, double angle, int qubit, List<AqoOperation> out) {
    if (angle != 0) {
      out.add(AqoOperation.Gate.of(gate, new double[] {angle}, qubit));
    }
  }
}
