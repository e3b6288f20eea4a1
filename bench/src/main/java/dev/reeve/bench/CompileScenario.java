package dev.reeve.bench;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmLimits;
import dev.reeve.quantum.qasm.QasmOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// How long it takes to compile circuits of 100 qubits for a heavy-hex device at level 2, and how
/// many flips come out. The peer is Qiskit at its level 2 with the same file, graph and gates; both
/// are warm when they are measured, and the first time of ours is told, too.
final class CompileScenario implements Scenario {
  private static final String DEVICE = "heavy_hex_127";
  private static final int ROUNDS = 7;
  private static final QasmOptions OPTIONS =
      QasmOptions.DEFAULT.withLimits(
          new QasmLimits(
              16_000_000, 10_000_000, 64, 1_000, 1_000, 1_000_000, 1_000_000, 1_000, 20));

  @Override
  public String name() {
    return "compile";
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    DeviceModel device = DeviceModels.of(DEVICE).orElseThrow();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      CircuitCompiler compiler = new CircuitCompiler(device, threads);
      for (Map.Entry<String, String> family : CircuitFamilies.all().entrySet()) {
        String name = "compile." + family.getKey();
        if (report.wants(name)) {
          measure(report, name, compiler, device, family.getValue());
        }
      }
    }
  }

  private static void measure(
      Report report, String name, CircuitCompiler compiler, DeviceModel device, String qasm)
      throws IOException, InterruptedException {
    Circuit circuit =
        OpenQasm.parse(qasm.getBytes(StandardCharsets.UTF_8), OPTIONS, CancelSignal.NEVER)
            .orThrow();
    double best = Double.POSITIVE_INFINITY;
    int flips = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      long begun = System.nanoTime();
      CompiledCircuit compiled = compiler.compile(circuit, CompileLevel.MEDIUM, 0);
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (round == 0) {
        report.add(Figure.of(name + ".first", seconds, "s"));
      }
      best = Math.min(best, seconds);
      flips = compiled.twoQubitGates();
    }
    Optional<QiskitPeer.Result> peer = QiskitPeer.compile(qasm, device.couplings());
    Figure time = Figure.of(name + ".seconds", best, "s");
    Figure gates = Figure.of(name + ".two_qubit_gates", flips, "gates");
    report.add(peer.map(result -> time.withPeer(result.seconds())).orElse(time));
    report.add(peer.map(result -> gates.withPeer(result.twoQubitGates())).orElse(gates));
  }
}
