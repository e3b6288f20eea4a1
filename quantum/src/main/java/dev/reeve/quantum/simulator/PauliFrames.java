package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.PauliString;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.clifford.CliffordGate;
import dev.reeve.quantum.clifford.CliffordTarget;
import java.util.Arrays;
import java.util.BitSet;

/// How many shots of a Clifford circuit differ from one that was followed in full (Gidney 2021): a
/// Pauli operator for each shot, 64 shots to a word. A gate costs a few operations for 64 shots,
/// however many qubits there are. What a shot's frame does to Z is drawn at random wherever a qubit
/// is known to be in a state that Z leaves alone: that is what makes outcomes random.
final class PauliFrames implements CliffordTarget {
  private final SplitMix random;
  private final long[][] x;
  private final long[][] z;

  /// Frames of the zero state.
  ///
  /// @param words shots in words of 64
  PauliFrames(int qubits, int words, SplitMix random) {
    this.random = random;
    this.x = new long[qubits][words];
    this.z = new long[qubits][words];
    for (int qubit = 0; qubit < qubits; qubit++) {
      scramble(qubit);
    }
  }

  @Override
  public void apply(CliffordGate gate, int first, int second) {
    switch (gate) {
      case X, Y, Z -> {}
      case H -> {
        long[] kept = x[first];
        x[first] = z[first];
        z[first] = kept;
      }
      case S, SDG -> addTo(z[first], x[first]);
      case SX, SXDG -> addTo(x[first], z[first]);
      case CX -> {
        addTo(x[second], x[first]);
        addTo(z[first], z[second]);
      }
      case CY -> {
        addTo(z[second], x[second]);
        addTo(x[second], x[first]);
        addTo(z[first], z[second]);
        addTo(z[second], x[second]);
      }
      case CZ -> {
        addTo(z[first], x[second]);
        addTo(z[second], x[first]);
      }
      case SWAP -> {
        swap(x, first, second);
        swap(z, first, second);
      }
    }
  }

  /// Measures a qubit.
  ///
  /// @param followed the outcome of the shot that was followed
  /// @param outcomes takes the outcome of every shot
  void measure(int qubit, boolean followed, long[] outcomes) {
    for (int w = 0; w < outcomes.length; w++) {
      outcomes[w] = followed ? ~x[qubit][w] : x[qubit][w];
    }
    scramble(qubit);
  }

  /// Lets a Pauli channel act on each of the first shots.
  void disturb(PauliNoise noise, Indexes qubits, int shots) {
    double perShot = Math.log1p(-noise.probability());
    double shot = gap(perShot);
    while (shot < shots) {
      int at = (int) shot;
      int outcome = noise.draw(random);
      for (int i = 0; i < qubits.size(); i++) {
        int pauli = (outcome >> (2 * i)) & 3;
        if (pauli == PauliNoise.X || pauli == PauliNoise.Y) {
          x[qubits.get(i)][at >> 6] ^= 1L << at;
        }
        if (pauli == PauliNoise.Z || pauli == PauliNoise.Y) {
          z[qubits.get(i)][at >> 6] ^= 1L << at;
        }
      }
      shot += 1 + gap(perShot);
    }
  }

  /// Which shots' frames do not commute with an operator.
  long[] against(PauliString product) {
    long[] against = new long[x.length == 0 ? 0 : x[0].length];
    BitSet support = product.support();
    for (int q = support.nextSetBit(0); q >= 0; q = support.nextSetBit(q + 1)) {
      if (product.signs(q)) {
        addTo(against, x[q]);
      }
      if (product.flips(q)) {
        addTo(against, z[q]);
      }
    }
    return against;
  }

  /// Shots until the next one that something happens to.
  private double gap(double perShot) {
    return perShot == 0
        ? Double.POSITIVE_INFINITY
        : Math.floor(Math.log1p(-random.nextDouble()) / perShot);
  }

  /// The qubit is zero in every shot.
  void reset(int qubit) {
    Arrays.fill(x[qubit], 0);
    scramble(qubit);
  }

  private void scramble(int qubit) {
    for (int w = 0; w < z[qubit].length; w++) {
      z[qubit][w] ^= random.nextLong();
    }
  }

  private static void addTo(long[] target, long[] other) {
    for (int w = 0; w < target.length; w++) {
      target[w] ^= other[w];
    }
  }

  private static void swap(long[][] rows, int first, int second) {
    long[] kept = rows[first];
    rows[first] = rows[second];
    rows[second] = kept;
  }
}
