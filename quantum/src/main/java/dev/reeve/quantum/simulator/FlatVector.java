package dev.reeve.quantum.simulator;

/// A state vector whose amplitudes lie in memory one after the other, so that blocks of them can be
/// brought into cache, changed by several steps and put back.
interface FlatVector extends StateVector {
  /// Runs the steps of a group on one block. Several threads may do so at once, on other blocks.
  ///
  /// @param rows what the calling thread works on
  void run(RowGroup group, Rows rows, int block);

  @Override
  FlatVector copy();
}
