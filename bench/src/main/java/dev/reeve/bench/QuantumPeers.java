package dev.reeve.bench;

import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/// Other simulators on the same circuits, in Python processes of their own. What counts is the time
/// that they take to apply the gates, the best of several rounds, without Python, without reading
/// the circuit and, for Qulacs, without its optimiser, whose best setting is taken.
final class QuantumPeers {
  private static final long SECONDS_MAX = 600;

  private static final String SCRIPT =
      """
      import sys, time, cmath
      kind, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
      lines = [line.split() for line in open(path)]
      n, gates = int(lines[0][1]), lines[1:]

      def clock(run):
          best = 1e9
          for _ in range(rounds):
              begun = time.perf_counter()
              took = run()
              best = min(best, time.perf_counter() - begun if took is None else took)
          return best

      def qulacs():
          from qulacs import QuantumState, QuantumCircuit
          from qulacs.circuit import QuantumCircuitOptimizer
          from qulacs.gate import DiagonalMatrix
          circuit = QuantumCircuit(n)
          for w in gates:
              q = [int(x) for x in w[-2:]] if w[0] in ('cx', 'swap', 'cp', 'rzz') else [int(w[-1])]
              if w[0] == 'h': circuit.add_H_gate(*q)
              elif w[0] == 'cx': circuit.add_CNOT_gate(*q)
              elif w[0] == 'swap': circuit.add_SWAP_gate(*q)
              elif w[0] == 'rx': circuit.add_RX_gate(q[0], -float(w[1]))
              elif w[0] == 'u': circuit.add_U3_gate(q[0], *map(float, w[1:4]))
              elif w[0] == 'cp': circuit.add_gate(DiagonalMatrix(q, [1, 1, 1, cmath.exp(1j * float(w[1]))]))
              elif w[0] == 'rzz':
                  p = cmath.exp(-0.5j * float(w[1]))
                  circuit.add_gate(DiagonalMatrix(q, [p, 1 / p, 1 / p, p]))
          best = 1e9
          for setting in (0, 2, -1):
              tuned = circuit.copy()
              if setting > 0: QuantumCircuitOptimizer().optimize(tuned, setting)
              if setting < 0: QuantumCircuitOptimizer().optimize_light(tuned)
              state = QuantumState(n)
              best = min(best, clock(lambda: tuned.update_quantum_state(state)))
          return best

      def aer():
          from qiskit import QuantumCircuit
          from qiskit_aer import AerSimulator
          circuit = QuantumCircuit(n)
          for w in gates:
              q = [int(x) for x in w[-2:]] if w[0] in ('cx', 'swap', 'cp', 'rzz') else [int(w[-1])]
              angles = [float(x) for x in w[1:4]] if w[0] == 'u' else [float(x) for x in w[1:len(w) - len(q)]]
              getattr(circuit, w[0])(*angles, *q)
          circuit.measure_all()
          simulator = AerSimulator(method='statevector', max_parallel_threads=2)
          return clock(lambda: simulator.run(circuit, shots=1).result().results[0].time_taken)

      def stim():
          import stim
          names = {'h': 'H', 's': 'S', 'sx': 'SQRT_X', 'cx': 'CX'}
          circuit = stim.Circuit()
          for w in gates: circuit.append(names[w[0]], [int(x) for x in w[1:]])
          circuit.append('M', range(n))
          def sample(): circuit.compile_sampler(seed=1).sample(1000)
          return clock(sample)

      print({'qulacs': qulacs, 'aer': aer, 'stim': stim}[kind]())
      """;

  private QuantumPeers() {}

  /// Seconds; empty when the peers are not installed, or this one failed.
  ///
  /// @param kind `qulacs`, `aer` or `stim`
  static OptionalDouble seconds(String kind, SampleCircuits sample, int rounds)
      throws IOException, InterruptedException {
    String python = System.getProperty("bench.quantum", "");
    if (python.isEmpty()) {
      return OptionalDouble.empty();
    }
    Path folder = TempDirs.create("bench-quantum");
    try {
      Path script = Files.writeString(folder.resolve("peer.py"), SCRIPT);
      List<String> lines = new ArrayList<>(List.of("qubits " + sample.circuit().qubits()));
      lines.addAll(sample.lines());
      Path gates = Files.write(folder.resolve("circuit"), lines);
      ProcessBuilder builder =
          new ProcessBuilder(
              python, script.toString(), kind, gates.toString(), Integer.toString(rounds));
      builder.environment().put("OMP_NUM_THREADS", "2");
      Process peer = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!peer.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || peer.exitValue() != 0) {
        peer.destroyForcibly();
        return OptionalDouble.empty();
      }
      return OptionalDouble.of(Double.parseDouble(said.strip()));
    } finally {
      TempDirs.delete(folder);
    }
  }
}
