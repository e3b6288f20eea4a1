package dev.reeve.quantum.simulator;

/// Walks the indexes of a vector slice by slice, and passes a checkpoint before each.
///
/// @param size a power of two
record Slices(int size, Checkpoint checkpoint) {
  /// Takes the indexes from one to below another.
  @FunctionalInterface
  interface Walk {
    void walk(int from, int to);
  }

  /// Slices in which a fixed bit is set hold no base index and are left out.
  ///
  /// @param length of a slice, a power of two
  void each(int fixed, int length, Walk walk) {
    int step = Math.min(length, size);
    for (int from = 0; from < size; from += step) {
      if ((from & fixed) == 0) {
        checkpoint.pass();
        walk.walk(from, from + step);
      }
    }
  }
}
