package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.simulator.Amplitudes;
import dev.reeve.quantum.simulator.Expectation;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What results say about a run, as text by name; lists and objects are JSON.
public final class AnswerFacts {
  /// Most values of a search's history that are told.
  private static final int HISTORY_MAX = 200;

  private AnswerFacts() {}

  /// The facts of a run. The counts are not among them, nor what was asked for beside them.
  public static SortedMap<String, String> of(HybridRunner.Answer answer) {
    SortedMap<String, String> facts = new TreeMap<>(answer.result().metadata());
    facts.put("method_reason", answer.choice().reason());
    List<Expectation> expectations = answer.result().found().expectations();
    if (!expectations.isEmpty()) {
      Expectation first = expectations.getFirst();
      facts.put("energy", String.format(Locale.ROOT, "%.6f", first.value() + 0.0));
      facts.put("expectation", Double.toString(first.value()));
      facts.put("observable", answer.observables().getFirst().text());
      facts.put("standard_error", Double.toString(first.standardError()));
      first.variance().ifPresent(variance -> facts.put("variance", Double.toString(variance)));
    }
    if (expectations.size() > 1) {
      facts.put("expectation_values", list(expectations, each -> Double.toString(each.value())));
      facts.put(
          "standard_errors", list(expectations, each -> Double.toString(each.standardError())));
    }
    if (!answer.values().isEmpty()) {
      facts.put("parameters", JsonNumbers.object(answer.values()));
    }
    answer.search().ifPresent(method -> facts.put("optimizer", method.word()));
    answer
        .minimum()
        .ifPresent(minimum -> {
          facts.put("optimizer_converged", Boolean.toString(minimum.converged()));
          facts.put("optimizer_evaluations", Integer.toString(minimum.evaluations()));
          facts.put(
              "optimizer_history", list(thinned(minimum.history()), value -> value.toString()));
          facts.put("optimizer_iterations", Integer.toString(minimum.iterations()));
        });
    return facts;
  }

  /// What was asked for beside the counts, by the name it was asked by.
  ///
  /// @param bytesMax most characters of any of them
  /// @throws dev.reeve.base.ProblemException `SIMULATION_OUTCOMES_EXCEEDED` beyond that
  public static SortedMap<String, String> outputs(SimulationResult result, int bytesMax) {
    SortedMap<String, String> outputs = new TreeMap<>();
    SimulationResult.Found found = result.found();
    found
        .probabilities()
        .ifPresent(exact -> outputs.put("probabilities", JsonNumbers.object(exact)));
    found.amplitudes().ifPresent(amplitudes -> outputs.put("statevector", list(amplitudes)));
    if (!found.memory().isEmpty()) {
      outputs.put("memory", list(found.memory(), outcome -> '"' + outcome + '"'));
    }
    outputs.forEach((name, text) -> {
      if (text.length() > bytesMax) {
        throw QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED
            .because(
                "%s: %d characters (expected: at most %d)".formatted(name, text.length(), bytesMax))
            .toException();
      }
    });
    return outputs;
  }

  /// Every so many, and the last one.
  private static List<Double> thinned(List<Double> history) {
    int stride = (history.size() + HISTORY_MAX - 1) / HISTORY_MAX;
    List<Double> thinned = new ArrayList<>();
    for (int i = stride - 1; stride > 0 && i < history.size(); i += stride) {
      thinned.add(history.get(i));
    }
    if (stride > 0 && history.size() % stride != 0) {
      thinned.add(history.getLast());
    }
    return thinned;
  }

  private static <T> String list(Collection<T> values, Function<T, String> written) {
    StringBuilder text = new StringBuilder("[");
    for (T value : values) {
      text.append(text.length() > 1 ? "," : "").append(written.apply(value));
    }
    return text.append(']').toString();
  }

  /// Pairs of real and imaginary part.
  private static String list(Amplitudes amplitudes) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < amplitudes.size(); i++) {
      text.append(i > 0 ? ",[" : "[").append(amplitudes.re(i)).append(',');
      text.append(amplitudes.im(i)).append(']');
    }
    return text.append(']').toString();
  }
}
