package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// Gates on the tensor of neighbouring qubits.
final class BlockGate {
  private BlockGate() {}

  /// Applies a matrix.
  ///
  /// @param rows the matrix' row of each basis state of the block
  static Site apply(Site block, ComplexMatrix matrix, int[] rows, Checkpoint checkpoint) {
    Site out = Site.empty(block.left(), block.middle(), block.right());
    for (int left = 0; left < block.left(); left++) {
      int base = left * block.middle();
      for (int to = 0; to < block.middle(); to++) {
        checkpoint.pass();
        for (int from = 0; from < block.middle(); from++) {
          double a = matrix.re(rows[to], rows[from]);
          double b = matrix.im(rows[to], rows[from]);
          if (a != 0 || b != 0) {
            Site.addScaled(
                out.re(),
                out.im(),
                (base + to) * block.right(),
                block.re(),
                block.im(),
                (base + from) * block.right(),
                block.right(),
                a,
                b);
          }
        }
      }
    }
    return out;
  }

  /// Exchanges two neighbours.
  static Site exchange(Site block) {
    Site out = Site.empty(block.left(), block.middle(), block.right());
    int right = block.right();
    for (int row = 0; row < block.left() * block.middle(); row++) {
      int state = row % 4;
      int from = row - state + (state >> 1 | (state & 1) << 1);
      System.arraycopy(block.re(), from * right, out.re(), row * right, right);
      System.arraycopy(block.im(), from * right, out.im(), row * right, right);
    }
    return out;
  }
}
