package dev.reeve.service.quantum;

import dev.reeve.base.Bytes;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.hybrid.Minimization;
import dev.reeve.quantum.hybrid.MinimizeMethod;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.service.circuit.AqoPrograms;
import dev.reeve.service.circuit.EigenPrograms;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the programs of quantum jobs.
final class QuantumPrograms {
  private static final String ITERATIONS = "max_iters";

  private QuantumPrograms() {}

  /// The program of a job, in the language that its attribute `program_format` names.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`, `AQO_...`, `EIGEN_LANG_...`,
  ///   `MINIMIZE_INVALID`, `QUANTUM_CANCELLED`
  static OpenProgram read(Bytes program, Work work, CancelSignal cancel) {
    if (work.attributes().getOrDefault("program_format", "").equals(AqoPrograms.FORMAT)) {
      return OpenProgram.of(AqoReader.read(program, AqoLimits.DEFAULT), AqoLimits.DEFAULT);
    }
    if (work.attributes().getOrDefault("program_format", "").equals(EigenPrograms.FORMAT)) {
      String entrypoint = work.attributes().getOrDefault("entrypoint", "");
      HybridProgram hybrid = EigenPrograms.read(program, entrypoint, cancel).hybrid();
      return OpenProgram.of(searched(hybrid, work.metadata()));
    }
    QasmOptions options =
        QasmOptions.DEFAULT.withVersion(work.attributes().getOrDefault("program_version", ""));
    return OpenProgram.of(OpenQasm.prepare(program.unsafeArray(), options));
  }

  /// The program with what the job says about its search: `optimizer` and `max_iters`.
  private static HybridProgram searched(HybridProgram program, Map<String, String> metadata) {
    String optimizer = metadata.getOrDefault("optimizer", "");
    String iterations = metadata.getOrDefault(ITERATIONS, "");
    if (program.minimization().isEmpty() || (optimizer.isEmpty() && iterations.isEmpty())) {
      return program;
    }
    Minimization search = program.minimization().get();
    MinimizeMethod method =
        optimizer.isEmpty()
            ? search.method()
            : MinimizeMethod.of(optimizer)
                .orElseThrow(() ->
                    QuantumProblems.MINIMIZE_INVALID
                        .field(
                            "metadata.optimizer", optimizer, "COBYLA, Nelder-Mead, SPSA, gradient")
                        .toException());
    SortedMap<String, Double> options = new TreeMap<>(search.options());
    if (!iterations.isEmpty()) {
      if (!iterations.matches("[1-9][0-9]{0,5}")) {
        throw QuantumProblems.MINIMIZE_INVALID
            .field("metadata.max_iters", iterations, "an integer of 1 or more")
            .toException();
      }
      options.put(ITERATIONS, Double.valueOf(iterations));
    }
    return new HybridProgram(
        program.template(),
        program.defaults(),
        program.observable(),
        Optional.of(new Minimization(method, search.initial(), options)),
        program.settings(),
        program.axes());
  }
}
