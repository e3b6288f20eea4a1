package dev.reeve.bench;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.Workers;
import java.util.OptionalDouble;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;

/// How long a simulation takes in process on two threads, planning and one shot included, beside
/// other simulators: `statevector` at 16, 20 and 24 qubits, `clifford` at 100 and 1,000 with 1,000
/// shots. Milliseconds, the best of several rounds.
final class SimulatorScenario implements Scenario {
  private static final long MEMORY = 1L << 30;

  private final SimulationMethod method;
  private final CircuitSimulator simulator =
      new CircuitSimulator(Workers.of(ForkJoinPool.commonPool(), 2));

  private SimulatorScenario(SimulationMethod method) {
    this.method = method;
  }

  static SimulatorScenario statevector() {
    return new SimulatorScenario(SimulationMethod.STATEVECTOR);
  }

  static SimulatorScenario clifford() {
    return new SimulatorScenario(SimulationMethod.STABILIZER);
  }

  @Override
  public String name() {
    return method == SimulationMethod.STATEVECTOR ? "statevector" : "clifford";
  }

  @Override
  public void run(Report report) throws Exception {
    if (method == SimulationMethod.STABILIZER) {
      for (int qubits : new int[] {100, 1_000}) {
        if (report.wants("clifford." + qubits)) {
          SampleCircuits sample = SampleCircuits.clifford(qubits);
          double millis = millis(sample, 1_000, qubits == 100 ? 200 : 10);
          OptionalDouble stim = QuantumPeers.seconds("stim", sample, 5);
          add(report, "clifford." + qubits, millis, stim);
        }
      }
      return;
    }
    for (int qubits : new int[] {16, 20, 24}) {
      dense(report, "fourier", qubits, SampleCircuits::fourier);
      dense(report, "volume", qubits, SampleCircuits::volume);
      dense(report, "qaoa", qubits, SampleCircuits::optimization);
    }
  }

  private void dense(Report report, String family, int qubits, IntFunction<SampleCircuits> circuits)
      throws Exception {
    String part = "statevector." + family + "." + qubits;
    if (!report.wants(part)) {
      return;
    }
    SampleCircuits sample = circuits.apply(qubits);
    int rounds = qubits == 16 ? 30 : qubits == 20 ? 5 : 1;
    double millis = millis(sample, 1, rounds);
    OptionalDouble qulacs = QuantumPeers.seconds("qulacs", sample, Math.min(rounds, 5));
    OptionalDouble aer = QuantumPeers.seconds("aer", sample, Math.min(rounds, 5));
    add(report, part, millis, smaller(qulacs, aer));
    if (qubits == 24) {
      double walked = sample.lines().size() * 32.0 * (1L << qubits) / millis * 1e-6;
      report.add(
          Figure.of(part + ".walked", walked, "GB/s").withLimit(MemoryBandwidth.gigabytes()));
    }
  }

  private static OptionalDouble smaller(OptionalDouble a, OptionalDouble b) {
    return a.isEmpty() || (b.isPresent() && b.getAsDouble() < a.getAsDouble()) ? b : a;
  }

  private static void add(Report report, String part, double millis, OptionalDouble peer) {
    Figure figure = Figure.of(part, millis, "ms");
    report.add(peer.isPresent() ? figure.withPeer(peer.getAsDouble() * 1e3) : figure);
  }

  private double millis(SampleCircuits sample, int shots, int rounds) {
    CircuitSimulator.Choice choice = new CircuitSimulator.Choice(method, "benchmark");
    double best = Double.MAX_VALUE;
    for (int round = 0; round <= rounds; round++) {
      long begun = System.nanoTime();
      var result =
          simulator.run(
              sample.circuit(),
              choice,
              RunOptions.of(shots, 1, MEMORY),
              CancelSignal.NEVER,
              ProgressListener.NONE);
      if (result.shots() != shots) {
        throw new IllegalStateException(result + " (expected: all shots)");
      }
      best = Math.min(best, (System.nanoTime() - begun) / 1e6);
    }
    return best;
  }
}
