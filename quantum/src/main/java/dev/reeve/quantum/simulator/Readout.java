package dev.reeve.quantum.simulator;

/// How often an outcome is read wrongly.
///
/// @param zeroAsOne probability that a zero is read as one
/// @param oneAsZero probability that a one is read as zero
public record Readout(double zeroAsOne, double oneAsZero) {
  /// Never.
  public static final Readout EXACT = new Readout(0, 0);

  /// What is read of what was read before.
  Readout then(Readout next) {
    return new Readout(
        zeroAsOne * (1 - next.oneAsZero) + (1 - zeroAsOne) * next.zeroAsOne,
        oneAsZero * (1 - next.zeroAsOne) + (1 - oneAsZero) * next.oneAsZero);
  }

  /// Whether it ever is.
  boolean misreads() {
    return zeroAsOne > 0 || oneAsZero > 0;
  }

  /// The probability that this outcome is read wrongly.
  double wrong(boolean one) {
    return one ? oneAsZero : zeroAsOne;
  }
}
