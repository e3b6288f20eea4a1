package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/// A product of Pauli operators, at most one to a qubit, without a sign. Immutable, comparable by
/// value.
public final class PauliString {
  private final BitSet flips;
  private final BitSet signs;

  private PauliString(BitSet flips, BitSet signs) {
    this.flips = flips;
    this.signs = signs;
  }

  /// The product with X or Y on the qubits of the first set, with Z or Y on those of the second.
  public static PauliString of(BitSet flips, BitSet signs) {
    return new PauliString((BitSet) flips.clone(), (BitSet) signs.clone());
  }

  /// The same for qubits as bits of a word.
  public static PauliString of(long flips, long signs) {
    return new PauliString(BitSet.valueOf(new long[] {flips}), BitSet.valueOf(new long[] {signs}));
  }

  /// One operator.
  ///
  /// @param pauli `X`, `Y` or `Z`
  public static PauliString of(char pauli, int qubit) {
    Check.argument("XYZ".indexOf(pauli) >= 0, "pauli: %s (expected: X, Y or Z)", pauli);
    Check.argument(qubit >= 0, "qubit: %d (expected: >= 0)", qubit);
    BitSet flips = new BitSet();
    BitSet signs = new BitSet();
    flips.set(qubit, pauli != 'Z');
    signs.set(qubit, pauli != 'X');
    return new PauliString(flips, signs);
  }

  /// Qubits it needs: one more than the highest that it acts on.
  public int qubits() {
    return Math.max(flips.length(), signs.length());
  }

  /// Whether there is X or Y on a qubit.
  public boolean flips(int qubit) {
    return flips.get(qubit);
  }

  /// Whether there is Z or Y on a qubit.
  public boolean signs(int qubit) {
    return signs.get(qubit);
  }

  /// The qubits with X or Y below 64, as bits.
  public long flipMask() {
    long[] words = flips.toLongArray();
    return words.length == 0 ? 0 : words[0];
  }

  /// The qubits with Z or Y below 64, as bits.
  public long signMask() {
    long[] words = signs.toLongArray();
    return words.length == 0 ? 0 : words[0];
  }

  /// The qubits that it acts on.
  public BitSet support() {
    BitSet both = (BitSet) flips.clone();
    both.or(signs);
    return both;
  }

  /// How many Y there are.
  public int countY() {
    BitSet both = (BitSet) flips.clone();
    both.and(signs);
    return both.cardinality();
  }

  /// Both together, up to the power of i that [#turns] tells.
  public PauliString times(PauliString other) {
    BitSet x = (BitSet) flips.clone();
    x.xor(other.flips);
    BitSet z = (BitSet) signs.clone();
    z.xor(other.signs);
    return new PauliString(x, z);
  }

  /// The power of i before the product of this and the other, 0 to 3; odd when they do not commute.
  public int turns(PauliString other) {
    BitSet crossed = (BitSet) signs.clone();
    crossed.and(other.flips);
    int turns = countY() + other.countY() - times(other).countY() + 2 * crossed.cardinality();
    return turns & 3;
  }

  /// The same operators on other qubits.
  public PauliString on(IntUnaryOperator qubit) {
    BitSet x = new BitSet();
    BitSet z = new BitSet();
    flips.stream().map(qubit).forEach(x::set);
    signs.stream().map(qubit).forEach(z::set);
    return new PauliString(x, z);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PauliString that
        && flips.equals(that.flips)
        && signs.equals(that.signs);
  }

  @Override
  public int hashCode() {
    return 31 * flips.hashCode() + signs.hashCode();
  }

  /// As it is written in an observable, for example `X0*Z3`; `1` when it is none.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    support().stream()
        .forEach(qubit -> {
          char pauli = !flips(qubit) ? 'Z' : signs(qubit) ? 'Y' : 'X';
          text.append(text.isEmpty() ? "" : "*").append(pauli).append(qubit);
        });
    return text.isEmpty() ? "1" : text.toString();
  }
}
