package dev.reeve.quantum.mitigation;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.ResultLayout;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.hybrid.JsonNumbers;
import dev.reeve.quantum.simulator.Checkpoint;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.Readout;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// A run whose result also tells quasi-probabilities, in its further facts: `quasi_probabilities`,
/// a JSON object by outcome, `readout_mitigation`, where the errors of readout are known from, and
/// `readout_mitigation_residual`; or `readout_mitigation_refused`, why they cannot be taken out of
/// these counts.
public final class MitigatedRun implements HybridRunner.LastRun {
  private final HybridRunner.LastRun inner;
  private final HybridRunner.LastRun calibrating;
  private final MitigationSource source;

  /// @param inner runs the circuit
  /// @param calibrating runs those of all zeros and all ones
  public MitigatedRun(
      HybridRunner.LastRun inner, HybridRunner.LastRun calibrating, MitigationSource source) {
    this.inner = inner;
    this.calibrating = calibrating;
    this.source = source;
  }

  /// @throws dev.reeve.base.ProblemException what [#requireMitigable] and the run throw
  @Override
  public SimulationResult run(
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    Map<Integer, Integer> measured = measured(circuit);
    SimulationResult result = inner.run(circuit, choice, options, cancel, listener);
    int width = result.counts().firstKey().length();
    NoiseModel noise = options.noise();
    List<Misreading> misreadings =
        switch (source) {
          case CALIBRATION ->
              misreadings(
                  circuit,
                  width,
                  qubit -> {
                    Readout readout = noise.readout(qubit);
                    return new Misreading(readout.zeroAsOne(), readout.oneAsZero());
                  });
          case MEASURED -> {
            Calibrating runs =
                new Calibrating(
                    choice, options.with(Outputs.COUNTS), cancel, List.copyOf(measured.keySet()));
            yield runs.misreadings(measured, circuit.qubits(), width);
          }
        };
    SortedMap<String, String> more = new TreeMap<>(result.more());
    more.putAll(facts(source, result.counts(), misreadings, cancel));
    return result.with(more);
  }

  /// What a result tells of it: `quasi_probabilities`, `readout_mitigation` and, how well they
  /// explain the counts, `readout_mitigation_residual`. Counts that are there are a result in any
  /// case: why nothing can be taken out of them is told as `readout_mitigation_refused`.
  ///
  /// @param misreadings of each bit, the lowest first
  /// @throws dev.reeve.base.ProblemException `QUANTUM_CANCELLED`
  public static Map<String, String> facts(
      MitigationSource source,
      Map<String, Long> counts,
      List<Misreading> misreadings,
      CancelSignal cancel) {
    try {
      QuasiProbabilities quasi = QuasiProbabilities.of(counts, misreadings, Checkpoint.of(cancel));
      return Map.of(
          "quasi_probabilities",
          JsonNumbers.object(quasi.shares()),
          "readout_mitigation",
          source.word(),
          "readout_mitigation_residual",
          Double.toString(quasi.residual()));
    } catch (ProblemException e) {
      if (!e.problem().code().equals(QuantumProblems.READOUT_NOT_MITIGATED)) {
        throw e;
      }
      return Map.of("readout_mitigation_refused", e.problem().message());
    }
  }

  /// Every bit of the result must be what one qubit was measured as, in every run: only then is it
  /// known how it is misread.
  ///
  /// @throws dev.reeve.base.ProblemException `READOUT_NOT_MITIGATED`
  public static void requireMitigable(Circuit circuit) {
    Map<Integer, Integer> _ = measured(circuit);
  }

  /// How each bit of a result is misread, the lowest first; never, where none is measured.
  ///
  /// @param width bits of the result
  /// @param ofQubit how a measurement of a qubit is
  /// @throws dev.reeve.base.ProblemException what [#requireMitigable] throws
  public static List<Misreading> misreadings(
      Circuit circuit, int width, IntFunction<Misreading> ofQubit) {
    Map<Integer, Integer> measured = measured(circuit);
    List<Misreading> misreadings = new ArrayList<>();
    for (int place = 0; place < width; place++) {
      Integer qubit = measured.get(place);
      misreadings.add(qubit == null ? Misreading.NONE : ofQubit.apply(qubit));
    }
    return misreadings;
  }

  /// By place in a result, the lowest is 0: the qubit that it is measured from.
  private static Map<Integer, Integer> measured(Circuit circuit) {
    ResultLayout layout = ResultLayout.of(circuit);
    Map<Integer, Integer> places = new TreeMap<>();
    if (layout.width() == 0) {
      for (int qubit = 0; qubit < circuit.qubits(); qubit++) {
        places.put(qubit, qubit);
      }
      return places;
    }
    Map<Integer, Integer> qubits = new HashMap<>();
    BitSet mixed = new BitSet();
    collect(circuit.operations(), qubits, mixed);
    for (int place = 0; place < layout.width(); place++) {
      if (mixed.get(layout.address(place))) {
        throw QuasiProbabilities.refused(
            "bit %d of the result is computed, measured by a decision or measured from several"
                    .formatted(place)
                + " qubits (expected: measured from one qubit)");
      }
      Integer qubit = qubits.get(layout.address(place));
      if (qubit != null) {
        places.put(place, qubit);
      }
    }
    return places;
  }

  /// @param qubits by bit, that it is measured from
  /// @param mixed bits that are also, or only at times, something else
  private static void collect(
      List<Operation> operations, Map<Integer, Integer> qubits, BitSet mixed) {
    for (Operation operation : operations) {
      switch (operation) {
        case Operation.Measure(int qubit, int bit) -> {
          Integer before = qubits.put(bit, qubit);
          if (before != null && before != qubit && bit != Operation.Measure.DISCARD) {
            mixed.set(bit);
          }
        }
        case Operation.Classical classical ->
            mixed.or(Footprint.of(List.of(classical)).bitsWritten());
        case GateOperation _, Operation.Quantum _ -> {}
      }
    }
  }

  /// Runs of all zeros and of all ones.
  private final class Calibrating {
    private final CircuitSimulator.Choice choice;
    private final RunOptions options;
    private final CancelSignal cancel;
    private final List<Integer> places;

    Calibrating(
        CircuitSimulator.Choice choice,
        RunOptions options,
        CancelSignal cancel,
        List<Integer> places) {
      this.choice = choice;
      this.options = options;
      this.cancel = cancel;
      this.places = places;
    }

    List<Misreading> misreadings(Map<Integer, Integer> measured, int qubits, int width) {
      long[] zeroAsOne = ones(measured, qubits, width, false);
      long[] ones = ones(measured, qubits, width, true);
      List<Misreading> misreadings = new ArrayList<>();
      double shots = options.shots();
      for (int place = 0; place < width; place++) {
        misreadings.add(
            measured.containsKey(place)
                ? new Misreading(zeroAsOne[place] / shots, 1 - ones[place] / shots)
                : Misreading.NONE);
      }
      return misreadings;
    }

    /// How often each place was read as one.
    private long[] ones(Map<Integer, Integer> measured, int qubits, int width, boolean flipped) {
      List<Operation> operations = new ArrayList<>();
      if (flipped) {
        measured.values().stream()
            .distinct()
            .forEach(qubit -> operations.add(GateOperation.of(Gate.X, qubit)));
      }
      places.forEach(
          place -> operations.add(new Operation.Measure(measured.getOrDefault(place, 0), place)));
      Circuit circuit = Circuit.of(qubits, width, operations);
      long[] ones = new long[width];
      calibrating
          .run(circuit, choice, options, cancel, ProgressListener.NONE)
          .counts()
          .forEach((outcome, times) -> {
            for (int place = 0; place < outcome.length(); place++) {
              ones[place] += outcome.charAt(outcome.length() - 1 - place) == '1' ? times : 0;
            }
          });
      return ones;
    }
  }
}
