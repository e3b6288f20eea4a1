package dev.reeve.quantum.simulator;

import dev.reeve.quantum.QuantumProblems;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws basis states of a state: one pass sums the probabilities of blocks, then each draw is
/// looked up in its block. Draws are made in batches and looked up in order, so the cost is one
/// pass plus a block for each draw, and the table is small whatever the number of qubits.
final class Sampler {
  private static final int BLOCK = 1 << 12;
  private static final int BATCH = 1 << 16;

  /// How far from one the probabilities may add up: far above rounding, far below a wrong answer.
  private static final double TOLERANCE = 1e-3;

  private final BasisProbabilities vector;
  private final long size;
  private final double[] upTo;

  Sampler(BasisProbabilities vector) {
    this.vector = vector;
    this.size = 1L << vector.qubits();
    this.upTo = new double[Math.toIntExact((size + BLOCK - 1) / BLOCK)];
    double sum = 0;
    for (int block = 0; block < upTo.length; block++) {
      sum += vector.probability((long) block * BLOCK, Math.min(size, (block + 1L) * BLOCK));
      upTo[block] = sum;
    }
  }

  /// Takes each drawn basis state and how often it was drawn in a row.
  @FunctionalInterface
  interface Draws {
    void drawn(long index, int times);
  }

  /// @throws dev.reeve.base.ProblemException `SIMULATION_PRECISION_LOST`
  void draw(int shots, RandomGenerator random, Checkpoint checkpoint, Draws draws) {
    double total = upTo[upTo.length - 1];
    if (!(Math.abs(total - 1) < TOLERANCE)) {
      throw QuantumProblems.SIMULATION_PRECISION_LOST
          .because("probabilities: add up to " + total + " (expected: 1)")
          .toException();
    }
    for (int left = shots; left > 0; left -= BATCH) {
      double[] points = new double[Math.min(left, BATCH)];
      for (int i = 0; i < points.length; i++) {
        points[i] = Math.min(random.nextDouble() * total, Math.nextDown(total));
      }
      Arrays.sort(points);
      lookUp(points, checkpoint, draws);
    }
  }

  private void lookUp(double[] points, Checkpoint checkpoint, Draws draws) {
    int at = 0;
    for (int block = 0; at < points.length; block++) {
      if (points[at] < upTo[block]) {
        checkpoint.pass();
        at = lookUpIn(block, points, at, draws);
      }
    }
  }

  /// Looks up the points of one block and returns the first point behind it. Rounding may leave a
  /// point just behind the last amplitude of its block: it belongs to the last possible state.
  private int lookUpIn(int block, double[] points, int first, Draws draws) {
    int end = first;
    while (end < points.length && points[end] < upTo[block]) {
      end++;
    }
    double sum = block == 0 ? 0 : upTo[block - 1];
    long possible = 0;
    int at = first;
    long indexEnd = Math.min(size, (block + 1L) * BLOCK);
    for (long index = (long) block * BLOCK; index < indexEnd && at < end; index++) {
      double probability = vector.probability(index);
      if (probability == 0) {
        continue;
      }
      possible = index;
      sum += probability;
      int from = at;
      while (at < end && points[at] < sum) {
        at++;
      }
      if (at > from) {
        draws.drawn(index, at - from);
      }
    }
    if (at < end) {
      draws.drawn(possible, end - at);
    }
    return end;
  }
}
