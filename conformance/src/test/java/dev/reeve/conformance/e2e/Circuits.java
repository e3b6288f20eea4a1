package dev.reeve.conformance.e2e;

/// Programs in OpenQASM 2.
final class Circuits {
  static final String BELL =
      """
      OPENQASM 2.0;
      include "qelib1.inc";
      qreg q[2];
      creg c[2];
      h q[0];
      cx q[0], q[1];
      measure q -> c;
      """;

  private Circuits() {}

  /// Runs for seconds: each layer turns every one of 20 qubits and ties it to the next.
  static String slow(int layers) {
    StringBuilder program =
        new StringBuilder("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[20];\ncreg c[20];\n");
    for (int layer = 0; layer < layers; layer++) {
      for (int qubit = 0; qubit < 20; qubit++) {
        program.append("u3(0.1,0.2,0.%d) q[%d];\n".formatted(layer + 1, qubit));
        program.append("cx q[%d], q[%d];\n".formatted(qubit, (qubit + 1) % 20));
      }
    }
    return program.append("measure q -> c;\n").toString();
  }
}
