package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Arrays;
import java.util.stream.IntStream;

/// An immutable list of qubit or bit indexes, compact and comparable by value.
public final class Indexes {
  private static final Indexes EMPTY = new Indexes(new int[0]);

  private final int[] values;

  private Indexes(int[] values) {
    this.values = values;
  }

  /// These indexes, in this order.
  ///
  /// @throws IllegalArgumentException when one is negative
  public static Indexes of(int... values) {
    if (values.length == 0) {
      return EMPTY;
    }
    int[] copy = values.clone();
    for (int value : copy) {
      Check.argument(value >= 0, "index: %d (expected: >= 0)", value);
    }
    return new Indexes(copy);
  }

  /// `size` indexes, rising from `first`.
  public static Indexes range(int first, int size) {
    return of(IntStream.range(first, first + size).toArray());
  }

  /// How many indexes there are.
  public int size() {
    return values.length;
  }

  /// The index at a position.
  public int get(int position) {
    return values[position];
  }

  /// A copy as an array.
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Indexes that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
