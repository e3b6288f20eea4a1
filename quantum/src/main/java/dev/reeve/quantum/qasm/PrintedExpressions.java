package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.Indexes;
import java.util.Optional;

/// Writes values of the run as OpenQASM 3. Every number is an `int[64]`, as the run has it; where
/// an operation takes its operands as unsigned, a cast says so.
final class PrintedExpressions {
  private final PrintedNames names;

  PrintedExpressions(PrintedNames names) {
    this.names = names;
  }

  /// As a condition: bits as they would be written by hand, where that is all there is.
  String truth(ClassicalExpression value) {
    return switch (value) {
      case ClassicalExpression.Bits(Indexes addresses) when addresses.size() == 1 ->
          names.bit(addresses.get(0));
      case ClassicalExpression.Unary(
              ClassicalExpression.UnaryOperation operation,
              ClassicalExpression operand)
          when operation == ClassicalExpression.UnaryOperation.NOT ->
          compared(operand, 0, true).orElseGet(() -> "!(" + truth(operand) + ")");
      case Binary(
              ClassicalExpression.BinaryOperation operation,
              ClassicalExpression left,
              ClassicalExpression.Constant(long constant))
          when operation == ClassicalExpression.BinaryOperation.EQUAL
              || operation == ClassicalExpression.BinaryOperation.NOT_EQUAL ->
          compared(left, constant, operation == ClassicalExpression.BinaryOperation.EQUAL)
              .orElseGet(() -> number(value) + " != 0");
      case ClassicalExpression.Bits _,
          ClassicalExpression.Constant _,
          ClassicalExpression.Variable _,
          ClassicalExpression.Unary _,
          ClassicalExpression.Wrap _,
          Binary _ ->
          number(value) + " != 0";
    };
  }

  /// A bit, or a whole register, beside a value that it can have.
  private Optional<String> compared(ClassicalExpression left, long value, boolean equal) {
    if (!(left instanceof ClassicalExpression.Bits(Indexes addresses))) {
      return Optional.empty();
    }
    int size = addresses.size();
    if (size == 1 && (value == 0 || value == 1)) {
      String bit = names.bit(addresses.get(0));
      return Optional.of((value == 1) == equal ? bit : "!" + bit);
    }
    boolean fits = value >= 0 && size < Long.SIZE - 1 && value >> size == 0;
    return fits
        ? names.whole(addresses).map(name -> name + (equal ? " == " : " != ") + value)
        : Optional.empty();
  }

  /// As a signed number of 64 bits.
  String number(ClassicalExpression value) {
    return switch (value) {
      case ClassicalExpression.Constant(long constant) -> constant(constant);
      case ClassicalExpression.Bits(Indexes addresses) -> bits(addresses);
      case ClassicalExpression.Variable(int slot) -> PrintedNames.variable(slot);
      case ClassicalExpression.Unary unary -> {
        String operand = number(unary.operand());
        yield switch (unary.operation()) {
          case NEGATE -> "(-" + operand + ")";
          case COMPLEMENT -> "(~" + operand + ")";
          case NOT -> signed("!(" + operand + " != 0)");
          case POPCOUNT -> signed("popcount(" + unsigned(operand) + ")");
        };
      }
      case ClassicalExpression.Wrap(ClassicalExpression operand, int width, boolean signed) ->
          signed((signed ? "int[" : "uint[") + width + "](" + number(operand) + ")");
      case Binary binary -> binary(binary);
    };
  }

  private static String constant(long value) {
    if (value == Long.MIN_VALUE) {
      return "int[64](" + (value + 1) + " - 1)";
    }
    return "int[64](" + value + ")";
  }

  private String bits(Indexes addresses) {
    String all = names.bits(addresses);
    if (!all.isEmpty()) {
      return signed(all);
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < addresses.size(); i++) {
      String bit = "int[64](" + names.bit(addresses.get(i)) + ")";
      joined.append(i == 0 ? bit : " | (" + bit + " << " + i + ")");
    }
    return signed(joined.toString());
  }

  private String binary(Binary binary) {
    String left = number(binary.left());
    String right = number(binary.right());
    return switch (binary.operation()) {
      case ADD -> between(left, "+", right);
      case SUBTRACT -> between(left, "-", right);
      case MULTIPLY -> between(left, "*", right);
      case DIVIDE -> between(left, "/", right);
      case REMAINDER -> between(left, "%", right);
      case POWER -> between(left, "**", right);
      case AND -> between(left, "&", right);
      case OR -> between(left, "|", right);
      case XOR -> between(left, "^", right);
      case SHIFT_LEFT -> between(left, "<<", right);
      case SHIFT_RIGHT -> between(left, ">>", right);
      case EQUAL -> signed(left + " == " + right);
      case NOT_EQUAL -> signed(left + " != " + right);
      case LESS -> signed(left + " < " + right);
      case LESS_OR_EQUAL -> signed(left + " <= " + right);
      case DIVIDE_UNSIGNED -> signed(unsigned(left) + " / " + unsigned(right));
      case REMAINDER_UNSIGNED -> signed(unsigned(left) + " % " + unsigned(right));
      case SHIFT_RIGHT_UNSIGNED -> signed(unsigned(left) + " >> " + right);
      case LESS_UNSIGNED -> signed(unsigned(left) + " < " + unsigned(right));
      case LESS_OR_EQUAL_UNSIGNED -> signed(unsigned(left) + " <= " + unsigned(right));
      case BOTH -> signed("(" + left + " != 0) && (" + right + " != 0)");
      case EITHER -> signed("(" + left + " != 0) || (" + right + " != 0)");
    };
  }

  private static String between(String left, String sign, String right) {
    return "(" + left + " " + sign + " " + right + ")";
  }

  private static String signed(String value) {
    return "int[64](" + value + ")";
  }

  private static String unsigned(String value) {
    return "uint[64](" + value + ")";
  }
}
