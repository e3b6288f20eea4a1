package dev.reeve.quantum.clifford;

import dev.reeve.quantum.ComplexMatrix;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a one-qubit gate makes of X and of Z. It is a Clifford gate when both become Pauli
/// operators up to sign, and then these two say all about it but its phase.
///
/// @param ofX what becomes of X
/// @param ofZ what becomes of Z
record PauliImages(Pauli ofX, Pauli ofZ) {
  private static final Map<PauliImages, List<CliffordGate>> STEPS = steps();

  /// A Pauli operator with its sign.
  ///
  /// @param axis `X`, `Y` or `Z`
  record Pauli(char axis, boolean negative) {
    private Pauli signed(boolean flip) {
      return new Pauli(axis, negative ^ flip);
    }
  }

  /// An operator near a Pauli operator.
  ///
  /// @param error how far it is turned away from it, in radians
  private record Image(Pauli pauli, double error) {}

  /// The gates nearest to one that is a Clifford gate or next to one.
  ///
  /// @param gates first to last, up to a phase
  /// @param error at least the angle between the gate and these, in radians
  record Near(List<CliffordGate> gates, double error) {}

  /// The gates that make up this one; empty when it is further than some angle from any of them.
  static Optional<Near> near(ComplexMatrix gate, double errorMax) {
    Image x = image(gate, 0, 1);
    Image z = image(gate, 1, 0);
    double error = x.error + z.error;
    List<CliffordGate> gates = STEPS.get(new PauliImages(x.pauli, z.pauli));
    return gates == null || !(error <= errorMax)
        ? Optional.empty()
        : Optional.of(new Near(gates, error));
  }

  /// The image of X (off the diagonal) or of Z (on it). What stands beside the largest part is the
  /// sine of the angle; of the part itself, which is its cosine, a small angle takes next to
  /// nothing.
  ///
  /// @param onDiagonal 1 for Z, else 0
  private static Image image(ComplexMatrix gate, int onDiagonal, int offDiagonal) {
    ComplexMatrix pauli =
        ComplexMatrix.of(
            2, new double[] {onDiagonal, offDiagonal, offDiagonal, -onDiagonal}, new double[4]);
    ComplexMatrix image = gate.times(pauli).times(gate.adjoint());
    double z = image.re(0, 0);
    double x = image.re(1, 0);
    double y = image.im(1, 0);
    double most = Math.max(Math.abs(z), Math.max(Math.abs(x), Math.abs(y)));
    if (most == Math.abs(z)) {
      return new Image(new Pauli('Z', z < 0), Math.hypot(x, y));
    }
    return most == Math.abs(x)
        ? new Image(new Pauli('X', x < 0), Math.hypot(y, z))
        : new Image(new Pauli('Y', y < 0), Math.hypot(x, z));
  }

  /// All 24, each by the fewest of the elementary gates.
  private static Map<PauliImages, List<CliffordGate>> steps() {
    Map<PauliImages, List<CliffordGate>> known = new HashMap<>();
    PauliImages identity = new PauliImages(new Pauli('X', false), new Pauli('Z', false));
    known.put(identity, List.of());
    Deque<PauliImages> waiting = new ArrayDeque<>(List.of(identity));
    while (!waiting.isEmpty()) {
      PauliImages before = waiting.remove();
      List<CliffordGate> path = known.getOrDefault(before, List.of());
      for (CliffordGate gate :
          List.of(
              CliffordGate.X,
              CliffordGate.Y,
              CliffordGate.Z,
              CliffordGate.H,
              CliffordGate.S,
              CliffordGate.SDG,
              CliffordGate.SX,
              CliffordGate.SXDG)) {
        PauliImages after = new PauliImages(through(gate, before.ofX), through(gate, before.ofZ));
        if (!known.containsKey(after)) {
          known.put(after, Stream.concat(path.stream(), Stream.of(gate)).toList());
          waiting.add(after);
        }
      }
    }
    return Map.copyOf(known);
  }

  private static Pauli through(CliffordGate gate, Pauli pauli) {
    Pauli next =
        switch (gate) {
          case X -> signs(pauli, 'X', 'Y', 'Z', "YZ");
          case Y -> signs(pauli, 'X', 'Y', 'Z', "XZ");
          case Z -> signs(pauli, 'X', 'Y', 'Z', "XY");
          case H -> signs(pauli, 'Z', 'Y', 'X', "Y");
          case S -> signs(pauli, 'Y', 'X', 'Z', "Y");
          case SDG -> signs(pauli, 'Y', 'X', 'Z', "X");
          case SX -> signs(pauli, 'X', 'Z', 'Y', "Z");
          case SXDG -> signs(pauli, 'X', 'Z', 'Y', "Y");
          case CX, CY, CZ, SWAP -> throw new IllegalArgumentException(gate + " has two qubits");
        };
    return next;
  }

  /// @param x the axis that X goes to, and so on
  /// @param flipped the axes that change their sign
  private static Pauli signs(Pauli pauli, char x, char y, char z, String flipped) {
    char axis = pauli.axis == 'X' ? x : pauli.axis == 'Y' ? y : z;
    return new Pauli(axis, pauli.negative).signed(flipped.indexOf(pauli.axis) >= 0);
  }
}
