package dev.reeve.quantum.qasm;

/// Thrown where a value that only the run knows has to be known now, in a statement that can be
/// lowered once for each value it may have.
final class NeedsKnown extends RuntimeException {
  final Expression expression;
  final Value.Computed value;
  final long first;
  final long last;

  /// Whether the value is all there is of the angle of a gate.
  final boolean wholeAngle;

  NeedsKnown(
      Expression expression, Value.Computed value, long first, long last, boolean wholeAngle) {
    super("needs known", null, false, false);
    this.expression = expression;
    this.value = value;
    this.first = first;
    this.last = last;
    this.wholeAngle = wholeAngle;
  }
}
