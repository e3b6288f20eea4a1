package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;

/// How large the code of a value is, which is worked out anew each time the run comes by.
final class CodeSize {
  /// Most parts of one value: working it out takes less than a tenth of a millisecond.
  static final int PARTS_MAX = 10_000;

  private CodeSize() {}

  /// The parts of a value, one that stands in two places counted twice; something above the most
  /// when there are more.
  static int parts(ClassicalExpression code) {
    return parts(code, 0);
  }

  private static int parts(ClassicalExpression code, int before) {
    int count = before + 1;
    if (count > PARTS_MAX) {
      return count;
    }
    return switch (code) {
      case ClassicalExpression.Constant _,
          ClassicalExpression.Bits _,
          ClassicalExpression.Variable _ ->
          count;
      case ClassicalExpression.Unary unary -> parts(unary.operand(), count);
      case ClassicalExpression.Wrap wrap -> parts(wrap.operand(), count);
      case ClassicalExpression.Binary binary -> parts(binary.right(), parts(binary.left(), count));
    };
  }
}
