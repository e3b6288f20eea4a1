package dev.reeve.bench;

import dev.reeve.quantum.compiler.CouplingMap;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Qiskit's compiler at level 2, where it is installed.
final class QiskitPeer {
  private static final long SECONDS_MAX = 120;

  /// Compiles once to warm up and once more, and prints seconds and flips.
  private static final String SCRIPT =
      """
      import sys, time
      from qiskit import qasm2
      from qiskit.transpiler import CouplingMap, generate_preset_pass_manager
      circuit = qasm2.load(sys.argv[1], custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
      pairs = [tuple(map(int, p.split('-'))) for p in sys.argv[2].split(',')]
      couplings = CouplingMap(pairs + [(b, a) for a, b in pairs])
      manager = generate_preset_pass_manager(
          optimization_level=2, coupling_map=couplings,
          basis_gates=['rz', 'sx', 'x', 'cx'], seed_transpiler=1)
      best = None
      for _ in range(2):
          started = time.perf_counter()
          out = manager.run(circuit)
          seconds = time.perf_counter() - started
          best = seconds if best is None else min(best, seconds)
      print(best, out.count_ops().get('cx', 0))
      """;

  private QiskitPeer() {}

  /// What it made of a circuit.
  ///
  /// @param seconds the faster one of two
  record Result(double seconds, int twoQubitGates) {}

  /// Empty when the peer is not installed, or failed.
  static Optional<Result> compile(String qasm, CouplingMap couplings)
      throws IOException, InterruptedException {
    String python = System.getProperty("bench.qiskit", "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    Path folder = TempDirs.create("bench-qiskit");
    try {
      Path script = Files.writeString(folder.resolve("peer.py"), SCRIPT);
      Path circuit = Files.writeString(folder.resolve("circuit.qasm"), qasm);
      StringBuilder pairs = new StringBuilder();
      for (CouplingMap.Edge edge : couplings.edges()) {
        pairs.append(pairs.isEmpty() ? "" : ",").append(edge.first() + "-" + edge.second());
      }
      Process peer =
          new ProcessBuilder(python, script.toString(), circuit.toString(), pairs.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!peer.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || peer.exitValue() != 0) {
        peer.destroyForcibly();
        return Optional.empty();
      }
      String[] parts = said.strip().split(" ", -1);
      return Optional.of(new Result(Double.parseDouble(parts[0]), Integer.parseInt(parts[1])));
    } finally {
      TempDirs.delete(folder);
    }
  }
}
