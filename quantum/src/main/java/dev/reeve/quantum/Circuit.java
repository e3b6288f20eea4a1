package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.List;

/// A quantum program after lowering: gates of the model, measurements, and structured regions for
/// what only measurements can decide. Immutable.
///
/// Classical memory has `bits` addresses. Those of [#bitRegisters] are the program's result, in
/// order of declaration; the rest belongs to blocks of the program and is never shown. Every qubit
/// starts in the zero state, every bit and variable as zero.
///
/// @param qubits number of qubits declared
/// @param bits size of classical memory, in bits
/// @param variables number of 64-bit variables
/// @param qubitRegisters named qubits, in order of declaration
/// @param bitRegisters named results, in order of declaration
/// @param operations the body
public record Circuit(
    int qubits,
    int bits,
    int variables,
    List<Register> qubitRegisters,
    List<Register> bitRegisters,
    List<Operation> operations) {

  public Circuit {
    Check.argument(qubits >= 0, "qubits: %d (expected: >= 0)", qubits);
    Check.argument(bits >= 0, "bits: %d (expected: >= 0)", bits);
    Check.argument(variables >= 0, "variables: %d (expected: >= 0)", variables);
    qubitRegisters = List.copyOf(qubitRegisters);
    bitRegisters = List.copyOf(bitRegisters);
    operations = List.copyOf(operations);
  }

  /// A circuit with one register of qubits, `q`, and one of bits, `c`; a size of 0 leaves it out.
  public static Circuit of(int qubits, int bits, List<Operation> operations) {
    return new Circuit(
        qubits,
        bits,
        0,
        qubits == 0 ? List.of() : List.of(new Register("q", 0, qubits)),
        bits == 0 ? List.of() : List.of(new Register("c", 0, bits)),
        operations);
  }

  /// The same registers with other operations.
  public Circuit with(List<Operation> others) {
    return new Circuit(qubits, bits, variables, qubitRegisters, bitRegisters, others);
  }
}
