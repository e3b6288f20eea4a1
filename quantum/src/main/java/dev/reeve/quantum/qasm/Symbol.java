package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import org.jspecify.annotations.Nullable;

/// What a name stands for, gates aside.
sealed interface Symbol {
  /// Qubits of the circuit.
  ///
  /// @param single declared without a size: it cannot be indexed
  record Qubits(Indexes qubits, boolean single) implements Symbol {}

  /// Classical bits, by their addresses.
  ///
  /// @param single declared without a size
  record Bits(Indexes addresses, boolean single) implements Symbol {}

  record Constant(Value value) implements Symbol {}

  /// An array, or a part of one.
  record Array(ArrayView view) implements Symbol {}

  record Subroutine(Statement.Subroutine definition, Scope scope) implements Symbol {}

  /// A function that is declared, and that nobody offers.
  record External(String name) implements Symbol {}

  /// Something that a subroutine cannot see, because it may change.
  record Hidden() implements Symbol {}

  /// A name whose declaration was wrong and said so.
  record Broken() implements Symbol {}

  /// Whether it is the same wherever it is used.
  default boolean isFixed() {
    return switch (this) {
      case Constant _, Subroutine _, External _, Broken _ -> true;
      case Qubits _, Bits _, Array _, Hidden _, Variable _ -> false;
    };
  }

  /// A variable. While its value is known it exists only here; once it depends on the run it has a
  /// slot in the circuit's memory.
  final class Variable implements Symbol {
    private final Slots.Site site;
    private final ScalarType type;
    private final int region;
    private @Nullable Value known;
    private int slot = -1;

    /// @param site what its slot belongs to, should it need one
    /// @param region how many regions of the circuit the declaration stands in
    Variable(Slots.Site site, ScalarType type, Value known, int region) {
      this.site = site;
      this.type = type;
      this.known = known;
      this.region = region;
    }

    Slots.Site site() {
      return site;
    }

    ScalarType type() {
      return type;
    }

    int region() {
      return region;
    }

    @Nullable Value known() {
      return known;
    }

    void know(@Nullable Value value) {
      known = value;
    }

    int slot() {
      return slot;
    }

    void giveSlot(int number) {
      slot = number;
    }
  }
}
