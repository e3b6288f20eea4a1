package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.job.Work;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmOptions;

/// Reads the programs of quantum jobs.
final class QuantumPrograms {
  private QuantumPrograms() {}

  /// The program of a job, in the language that its attribute `program_format` names.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`
  static OpenProgram read(Bytes program, Work work) {
    QasmOptions options =
        QasmOptions.DEFAULT.withVersion(work.attributes().getOrDefault("program_version", ""));
    return OpenProgram.of(OpenQasm.prepare(program.unsafeArray(), options));
  }
}
