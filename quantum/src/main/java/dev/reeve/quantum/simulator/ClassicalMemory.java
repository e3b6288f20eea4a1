package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.Bits;
import dev.reeve.quantum.ClassicalExpression.Constant;
import dev.reeve.quantum.ClassicalExpression.Unary;
import dev.reeve.quantum.ClassicalExpression.Variable;
import dev.reeve.quantum.ClassicalExpression.Wrap;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;

/// What a running circuit knows classically: its bits, its variables and how often each loop has
/// gone round. Not thread-safe.
final class ClassicalMemory {
  private final long[] bits;
  private final long[] variables;
  private final int[] rounds;

  ClassicalMemory(int bits, int variables, int loops) {
    this.bits = new long[(bits + 63) >> 6];
    this.variables = new long[variables];
    this.rounds = new int[loops];
  }

  private ClassicalMemory(ClassicalMemory other) {
    this.bits = other.bits.clone();
    this.variables = other.variables.clone();
    this.rounds = other.rounds.clone();
  }

  ClassicalMemory copy() {
    return new ClassicalMemory(this);
  }

  boolean bit(int address) {
    return (bits[address >> 6] >>> address & 1) == 1;
  }

  void setBit(int address, boolean one) {
    if (one) {
      bits[address >> 6] |= 1L << address;
    } else {
      bits[address >> 6] &= ~(1L << address);
    }
  }

  void setBits(Indexes addresses, long value) {
    for (int i = 0; i < addresses.size(); i++) {
      setBit(addresses.get(i), (value >>> i & 1) == 1);
    }
  }

  void setVariable(int slot, long value) {
    variables[slot] = value;
  }

  void enterLoop(int loop) {
    rounds[loop] = 0;
  }

  /// Counts a round of a loop and says how many there were.
  int countRound(int loop) {
    return ++rounds[loop];
  }

  long evaluate(ClassicalExpression expression) {
    return switch (expression) {
      case Constant(long value) -> value;
      case Bits(Indexes addresses) -> read(addresses);
      case Variable(int slot) -> variables[slot];
      case Wrap(ClassicalExpression operand, int width, boolean signed) -> {
        int unused = 64 - width;
        long shifted = evaluate(operand) << unused;
        yield signed ? shifted >> unused : shifted >>> unused;
      }
      case Unary(ClassicalExpression.UnaryOperation operation, ClassicalExpression operand) -> {
        long value = evaluate(operand);
        yield switch (operation) {
          case NEGATE -> -value;
          case COMPLEMENT -> ~value;
          case NOT -> value == 0 ? 1 : 0;
          case POPCOUNT -> Long.bitCount(value);
        };
      }
      case Binary binary -> binary(binary);
    };
  }

  private long read(Indexes addresses) {
    long value = 0;
    for (int i = 0; i < addresses.size(); i++) {
      if (bit(addresses.get(i))) {
        value |= 1L << i;
      }
    }
    return value;
  }

  private long binary(Binary binary) {
    long a = evaluate(binary.left());
    long b = evaluate(binary.right());
    return switch (binary.operation()) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / divisor(b);
      case DIVIDE_UNSIGNED -> Long.divideUnsigned(a, divisor(b));
      case REMAINDER -> a % divisor(b);
      case REMAINDER_UNSIGNED -> Long.remainderUnsigned(a, divisor(b));
      case POWER -> power(a, b);
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHIFT_LEFT -> shiftsOut(b) ? 0 : a << b;
      case SHIFT_RIGHT -> shiftsOut(b) ? a >> 63 : a >> b;
      case SHIFT_RIGHT_UNSIGNED -> shiftsOut(b) ? 0 : a >>> b;
      case EQUAL -> truth(a == b);
      case NOT_EQUAL -> truth(a != b);
      case LESS -> truth(a < b);
      case LESS_OR_EQUAL -> truth(a <= b);
      case LESS_UNSIGNED -> truth(Long.compareUnsigned(a, b) < 0);
      case LESS_OR_EQUAL_UNSIGNED -> truth(Long.compareUnsigned(a, b) <= 0);
      case BOTH -> truth(a != 0 && b != 0);
      case EITHER -> truth(a != 0 || b != 0);
    };
  }

  private static long truth(boolean holds) {
    return holds ? 1 : 0;
  }

  private static boolean shiftsOut(long places) {
    return places < 0 || places > 63;
  }

  private static long divisor(long value) {
    if (value == 0) {
      throw QuantumProblems.SIMULATION_DIVISION_BY_ZERO
          .because("division by zero while the circuit ran")
          .toException();
    }
    return value;
  }

  static long power(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? (exponent & 1) == 0 ? 1 : -1 : 0;
    }
    long result = 1;
    long square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }
}
