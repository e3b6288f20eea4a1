package dev.reeve.quantum;

import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.quantum.simulator.StateVector;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Shortcuts from program text to results.
public final class Programs {
  public static final long MEMORY = 1L << 29;

  private static final StateVectorSimulator SIMULATOR = new StateVectorSimulator();

  private Programs() {}

  public static Circuit circuit(String program) {
    return OpenQasm.parse(program).orThrow();
  }

  public static SimulationResult run(String program, int shots, long seed) {
    return run(circuit(program), shots, seed);
  }

  public static SimulationResult run(Circuit circuit, int shots, long seed) {
    return SIMULATOR.run(
        circuit, RunOptions.of(shots, seed, MEMORY), CancelSignal.NEVER, ProgressListener.NONE);
  }

  /// The final amplitudes of a program of gates.
  public static Complex[] amplitudes(Circuit circuit) {
    try (StateVector vector = SIMULATOR.evolve(circuit, MEMORY, CancelSignal.NEVER)) {
      Complex[] amplitudes = new Complex[1 << vector.qubits()];
      for (int i = 0; i < amplitudes.length; i++) {
        amplitudes[i] = new Complex(vector.re(i), vector.im(i));
      }
      return amplitudes;
    }
  }

  /// What a circuit of gates does to each basis state, column by column.
  public static NaiveMatrix unitary(Circuit circuit) {
    int dimension = 1 << circuit.qubits();
    Complex[][] cells = new Complex[dimension][dimension];
    for (int column = 0; column < dimension; column++) {
      List<Operation> operations = new ArrayList<>();
      for (int qubit = 0; qubit < circuit.qubits(); qubit++) {
        if ((column >> qubit & 1) == 1) {
          operations.add(GateOperation.of(Gate.X, qubit));
        }
      }
      operations.addAll(circuit.operations());
      Complex[] image = amplitudes(Circuit.of(circuit.qubits(), 0, operations));
      for (int row = 0; row < dimension; row++) {
        cells[row][column] = image[row];
      }
    }
    return NaiveMatrix.of(cells);
  }

  public static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Programs.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
