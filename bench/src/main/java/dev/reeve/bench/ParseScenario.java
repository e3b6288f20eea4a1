package dev.reeve.bench;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmLimits;
import dev.reeve.quantum.qasm.QasmOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// How many gates of an OpenQASM file are read per second, from bytes to the circuit.
final class ParseScenario implements Scenario {
  private static final int GATES = 1_000_000;
  private static final int QUBITS = 100;
  private static final int ROUNDS = 7;
  private static final QasmOptions OPTIONS =
      QasmOptions.DEFAULT.withLimits(
          new QasmLimits(
              128 << 20, 100_000_000, 64, 1_000, 1_000, 2 * GATES, 10 * GATES, 1_000, 20));

  @Override
  public String name() {
    return "parse";
  }

  @Override
  public void run(Report report) {
    measure(program("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[%d];\n"), "parse", report);
    measure(program("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[%d] q;\n"), "parse.3", report);
  }

  private static void measure(byte[] source, String name, Report report) {
    CoreTime.Work parse = _ -> parsed(source);
    int _ = parse.run(0) ^ parse.run(1);
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      int _ = parse.run(i);
      seconds[i] = (System.nanoTime() - begun) / 1e9;
    }
    Arrays.sort(seconds);
    report.add(Figure.of(name, GATES / seconds[ROUNDS / 2], "gates/s"));
    long[] nanos = CoreTime.nanosOfEach(parse, ROUNDS);
    report.add(Figure.of(name + ".core", GATES * 1e9 / nanos[ROUNDS / 2], "gates/s"));
    report.add(Figure.of(name + ".size", source.length / 1e6, "MB"));
  }

  private static int parsed(byte[] source) {
    Circuit circuit = OpenQasm.parse(source, OPTIONS, CancelSignal.NEVER).orThrow();
    if (circuit.operations().size() != GATES) {
      throw new IllegalStateException("operations: " + circuit.operations().size());
    }
    return circuit.operations().size();
  }

  /// Gates of one and two qubits, some with angles written as decimals and as fractions of pi.
  private static byte[] program(String head) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(head.formatted(QUBITS));
    for (int i = 0; i < GATES; i++) {
      int qubit = random.nextInt(QUBITS);
      switch (random.nextInt(5)) {
        case 0 -> text.append("h q[").append(qubit);
        case 1 -> {
          int other = (qubit + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
          text.append("cx q[").append(other).append("],q[").append(qubit);
        }
        case 2 -> text.append("rz(").append(random.nextDouble(6)).append(") q[").append(qubit);
        case 3 ->
            text.append("u3(pi/").append(random.nextInt(1, 9)).append(",0,-pi/4) q[").append(qubit);
        default -> text.append("t q[").append(qubit);
      }
      text.append("];\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
