package dev.reeve.quantum.aqo;

import dev.reeve.base.Check;
import dev.reeve.quantum.Indexes;

/// Holds when bits, read as an unsigned number, have a value.
///
/// @param bits 1 to 62, least significant first
/// @param value 0 or more, and no larger than the bits can hold
public record AqoCondition(Indexes bits, long value) {
  /// Most bits of a condition.
  public static final int BITS_MAX = 62;

  public AqoCondition {
    Check.argument(
        bits.size() >= 1 && bits.size() <= BITS_MAX,
        "bits: %d (expected: 1 to %d)",
        bits.size(),
        BITS_MAX);
    Check.argument(
        value >= 0 && value < 1L << bits.size(),
        "value: %d (expected: within %d bits)",
        value,
        bits.size());
  }
}
