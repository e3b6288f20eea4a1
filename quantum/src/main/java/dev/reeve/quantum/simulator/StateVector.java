package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;

/// The amplitudes of all basis states of some qubits, and the loops over them. Qubit `q` is bit `q`
/// of a basis index. An operation acts where `index & mask == value`: that is how controls are
/// said.
///
/// Confined to one thread. Every method that walks the amplitudes passes the [Checkpoint] it was
/// made with at least every 10 ms; one that is thrown out of leaves the state undefined, and only
/// [#close] may follow.
public interface StateVector extends BasisProbabilities, AutoCloseable {
  @Override
  int qubits();

  /// Applies a 2 x 2 matrix to a qubit.
  void apply(ComplexMatrix matrix, int target, long mask, long value);

  /// Applies a matrix to several qubits; the first is the least significant bit of a row number.
  void applyDense(ComplexMatrix matrix, int[] targets, long mask, long value);

  /// Flips a qubit.
  void flip(int target, long mask, long value);

  /// Exchanges two qubits.
  void swap(int first, int second, long mask, long value);

  /// Multiplies amplitudes by a number of modulus 1.
  void phase(double re, double im, long mask, long value);

  /// The probability that measuring this qubit gives one.
  double probabilityOfOne(int qubit);

  /// Keeps only the part where a qubit has this value, and brings it back to norm 1.
  ///
  /// @param probability of that value, greater than 0
  void collapse(int qubit, boolean one, double probability);

  @Override
  double probability(long from, long to);

  @Override
  default double probability(long index) {
    double re = re(index);
    double im = im(index);
    return re * re + im * im;
  }

  /// Real part of an amplitude.
  double re(long index);

  /// Imaginary part of an amplitude.
  double im(long index);

  /// A second, independent vector of the same state.
  StateVector copy();

  /// Gives the memory back. Nothing may be called afterwards.
  @Override
  void close();
}
