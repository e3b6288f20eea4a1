/// Circuits of Clifford gates: which gates are such, and what they do to Pauli operators. Serves
/// the stabilizer simulator and the proof that two Clifford circuits are the same; knows nothing of
/// amplitudes. No threads; nothing here is shared.
@NullMarked
package dev.reeve.quantum.clifford;

import org.jspecify.annotations.NullMarked;
