package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.Binary;
import dev.reeve.quantum.ClassicalExpression.BinaryOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Value.WideBits;
import java.math.BigInteger;
import java.util.Arrays;

/// Compares registers of more than 64 bits with a known number, 64 bits at a time.
final class WideComparison {
  private WideComparison() {}

  static ClassicalExpression equal(WideBits wide, BigInteger number) {
    return compare(wide, number, BinaryOperation.EQUAL, BinaryOperation.BOTH);
  }

  static ClassicalExpression notEqual(WideBits wide, BigInteger number) {
    return compare(wide, number, BinaryOperation.NOT_EQUAL, BinaryOperation.EITHER);
  }

  private static ClassicalExpression compare(
      WideBits wide, BigInteger number, BinaryOperation part, BinaryOperation join) {
    int[] addresses = wide.addresses().toArray();
    ClassicalExpression all = new ClassicalExpression.Constant(0);
    for (int from = 0; from < addresses.length; from += 64) {
      int to = Math.min(from + 64, addresses.length);
      Indexes chunk = Indexes.of(Arrays.copyOfRange(addresses, from, to));
      ClassicalExpression same =
          new Binary(
              part,
              new ClassicalExpression.Bits(chunk),
              new ClassicalExpression.Constant(number.shiftRight(from).longValue()));
      all = from == 0 ? same : new Binary(join, all, same);
    }
    return all;
  }
}
