package dev.reeve.bench;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// Circuits that compilers are compared by, as OpenQASM 2.
final class CircuitFamilies {
  private static final int QUBITS = 100;
  private static final int SIDE = 10;

  private final StringBuilder out = new StringBuilder();

  private CircuitFamilies() {
    out.append("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[" + QUBITS + "];\n");
  }

  /// Each family at 100 qubits, by its name.
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("qft_100", fourier());
    all.put("qv_100", volume());
    all.put("bv_100", hiddenString());
    all.put("heisenberg_100", heisenberg());
    return all;
  }

  /// All phases, without the swaps at its end.
  private static String fourier() {
    CircuitFamilies circuit = new CircuitFamilies();
    for (int i = QUBITS - 1; i >= 0; i--) {
      circuit.line("h q[%d];", i);
      for (int j = i - 1; j >= 0; j--) {
        circuit.line("cu1(%s) q[%d],q[%d];", Math.PI / Math.pow(2, i - j), j, i);
      }
    }
    return circuit.out.toString();
  }

  /// Quantum volume: as many layers as qubits, each of any gate on random pairs, with three flips.
  private static String volume() {
    CircuitFamilies circuit = new CircuitFamilies();
    Random random = new Random(1);
    int[] wires = new int[QUBITS];
    for (int i = 0; i < QUBITS; i++) {
      wires[i] = i;
    }
    for (int layer = 0; layer < QUBITS; layer++) {
      for (int i = QUBITS - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = wires[i];
        wires[i] = wires[other];
        wires[other] = kept;
      }
      for (int i = 0; i + 1 < QUBITS; i += 2) {
        circuit.anyGate(wires[i], wires[i + 1], random);
      }
    }
    return circuit.out.toString();
  }

  private void anyGate(int first, int second, Random random) {
    for (int flip = 0; flip <= 3; flip++) {
      for (int qubit : new int[] {first, second}) {
        line(
            "u3(%s,%s,%s) q[%d];",
            random.nextDouble() * 3, random.nextDouble() * 6, random.nextDouble() * 6, qubit);
      }
      if (flip < 3) {
        line("cx q[%d],q[%d];", flip % 2 == 0 ? first : second, flip % 2 == 0 ? second : first);
      }
    }
  }

  /// Bernstein and Vazirani, with a string of ones.
  private static String hiddenString() {
    CircuitFamilies circuit = new CircuitFamilies();
    int target = QUBITS - 1;
    circuit.line("x q[%d];", target);
    for (int i = 0; i < QUBITS; i++) {
      circuit.line("h q[%d];", i);
    }
    for (int i = 0; i < target; i++) {
      circuit.line("cx q[%d],q[%d];", i, target);
    }
    for (int i = 0; i < target; i++) {
      circuit.line("h q[%d];", i);
    }
    return circuit.out.toString();
  }

  /// One step in time on a square lattice.
  private static String heisenberg() {
    CircuitFamilies circuit = new CircuitFamilies();
    for (int site = 0; site < QUBITS; site++) {
      if (site % SIDE + 1 < SIDE) {
        circuit.bond(site, site + 1);
      }
      if (site + SIDE < QUBITS) {
        circuit.bond(site, site + SIDE);
      }
    }
    return circuit.out.toString();
  }

  private void bond(int first, int second) {
    line("rxx(0.2) q[%d],q[%d];", first, second);
    turned("sdg", "s", first, second);
    line("rzz(0.2) q[%d],q[%d];", first, second);
  }

  /// A rotation about YY by one about XX.
  private void turned(String there, String back, int first, int second) {
    line("%s q[%d];", there, first);
    line("%s q[%d];", there, second);
    line("rxx(0.2) q[%d],q[%d];", first, second);
    line("%s q[%d];", back, first);
    line("%s q[%d];", back, second);
  }

  @FormatMethod
  private void line(@FormatString String form, Object... values) {
    out.append(form.formatted(values)).append('\n');
  }
}
