package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Runs programs on a simulator: one circuit, or the search for the best parameters and then the
/// circuit with these. Immutable; runs on the calling thread.
public final class HybridRunner {
  private final CircuitSimulator simulator;
  private final LastRun lastRun;

  /// Runs the circuit whose counts are the answer.
  @FunctionalInterface
  public interface LastRun {
    /// See [CircuitSimulator#run].
    SimulationResult run(
        Circuit circuit,
        CircuitSimulator.Choice choice,
        RunOptions options,
        CancelSignal cancel,
        ProgressListener listener);
  }

  /// @param simulator runs the circuits
  public HybridRunner(CircuitSimulator simulator) {
    this(simulator, simulator::run);
  }

  /// @param lastRun runs the one whose counts are the answer
  public HybridRunner(CircuitSimulator simulator, LastRun lastRun) {
    this.simulator = simulator;
    this.lastRun = lastRun;
  }

  /// How to run a program.
  ///
  /// @param values of parameters, by name; they come before those of the program, and begin a
  ///   search
  /// @param method of simulation
  /// @param options shots, seed, noise and outputs; an observable of the program is added to these
  ///   when they have none
  public record Request(
      HybridProgram program,
      Map<String, Double> values,
      SimulationMethod method,
      RunOptions options) {
    public Request {
      values = Map.copyOf(values);
    }
  }

  /// Hears how a run goes, on its thread.
  public interface Listener extends ProgressListener {
    /// Hears nothing.
    Listener NONE =
        new Listener() {
          @Override
          public void chosen(CircuitSimulator.Choice choice) {}

          @Override
          public void iterated(int iteration, int iterationsMax, double best) {}

          @Override
          public void progressed(double fraction) {}
        };

    /// The method was chosen.
    void chosen(CircuitSimulator.Choice choice);

    /// An iteration of a search is over.
    ///
    /// @param iteration from 1
    /// @param iterationsMax when the search ends at the latest
    /// @param best value so far
    void iterated(int iteration, int iterationsMax, double best);
  }

  /// What came of it.
  ///
  /// @param choice how it was simulated
  /// @param result of the circuit, with the best parameters after a search
  /// @param observables whose means are in the result, in their order
  /// @param search the method of the search, when there was one
  /// @param minimum what the search found
  /// @param values of the parameters of the circuit that was run
  /// @param bits that the program declares, or its qubits when it was measured whole
  public record Answer(
      CircuitSimulator.Choice choice,
      SimulationResult result,
      List<PauliSum> observables,
      Optional<MinimizeMethod> search,
      Optional<Minimum> minimum,
      SortedMap<String, Double> values,
      int bits) {}

  /// Runs a program.
  ///
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID` for a parameter without value or a
  ///   value without parameter, `MINIMIZE_INVALID`, `SIMULATION_...`, `OBSERVABLE_INVALID`,
  ///   `QUANTUM_CANCELLED`
  public Answer run(Request request, CancelSignal cancel, Listener listener) {
    HybridProgram program = request.program();
    List<PauliSum> asked = request.options().outputs().observables();
    List<PauliSum> observables = asked.isEmpty() ? program.observable().stream().toList() : asked;
    RunOptions options =
        request
            .options()
            .with(
                request
                    .options()
                    .outputs()
                    .withObservables(observables.stream().map(program.axes()::turned).toList()));
    double[] point = point(request);
    CircuitSimulator.Choice choice =
        simulator.choose(program.template().bind(point), request.method(), options);
    listener.chosen(choice);
    Optional<Minimum> minimum = Optional.empty();
    if (program.minimization().isPresent()) {
      Minimization search = program.minimization().get();
      Minimum found = search(program.template(), search, point, choice, options, cancel, listener);
      minimum = Optional.of(found);
      point = found.point().stream().mapToDouble(Double::doubleValue).toArray();
    }
    Circuit circuit = program.template().bind(point);
    SimulationResult result = lastRun.run(circuit, choice, options, cancel, listener);
    return new Answer(
        choice,
        result,
        observables,
        program.minimization().map(Minimization::method),
        minimum,
        named(program.template().parameters(), point),
        result.measuredAtEnd()
            ? circuit.qubits()
            : circuit.bitRegisters().stream().mapToInt(Register::size).sum());
  }

  private Minimum search(
      CircuitTemplate template,
      Minimization search,
      double[] start,
      CircuitSimulator.Choice choice,
      RunOptions options,
      CancelSignal cancel,
      Listener listener) {
    MinimizeSettings settings = MinimizeSettings.of(search, options.seed());
    RunOptions mean =
        options.with(Outputs.COUNTS.withObservables(options.outputs().observables().subList(0, 1)));
    Objective objective =
        new CircuitObjective(
            template,
            circuit ->
                simulator
                    .run(circuit, choice, mean, cancel, ProgressListener.NONE)
                    .found()
                    .expectations()
                    .getFirst()
                    .value());
    return Minimizer.minimize(
        search.method(),
        objective,
        start,
        settings,
        (iteration, best) -> listener.iterated(iteration, settings.iterationsMax(), best));
  }

  /// The values to begin with, in the order of the parameters.
  private static double[] point(Request request) {
    HybridProgram program = request.program();
    List<String> names = program.template().parameters();
    for (String given : request.values().keySet()) {
      if (!names.contains(given)) {
        throw QuantumProblems.PARAMETER_INVALID
            .field("param." + given, given, "a parameter: " + String.join(", ", names))
            .toException();
      }
    }
    double[] point = new double[names.size()];
    for (int i = 0; i < point.length; i++) {
      int at = i;
      String name = names.get(i);
      Optional<Double> value =
          Optional.ofNullable(request.values().get(name))
              .or(() -> program.minimization().map(search -> search.initial().get(at)))
              .or(() -> Optional.ofNullable(program.defaults().get(name)));
      point[i] =
          value
              .filter(Double::isFinite)
              .orElseThrow(() ->
                  QuantumProblems.PARAMETER_INVALID
                      .field("param." + name, "none", "a finite number")
                      .toException());
    }
    return point;
  }

  private static SortedMap<String, Double> named(List<String> names, double[] point) {
    SortedMap<String, Double> named = new TreeMap<>();
    for (int i = 0; i < point.length; i++) {
      named.put(names.get(i), point[i]);
    }
    return named;
  }
}
