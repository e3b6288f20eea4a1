package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the metadata of a job says about the outputs it wants: `observable`, one or several Pauli
/// sums with `;` between them, and `memory`, `probabilities` and `statevector`, true or false.
public final class OutputSettings {
  private OutputSettings() {}

  /// @param amplitudeQubitsMax widest circuit whose amplitudes are told
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID`, `PARAMETER_INVALID`
  public static Outputs parse(Map<String, String> metadata, int amplitudeQubitsMax) {
    return new Outputs(
        flag(metadata, "probabilities"),
        flag(metadata, "memory"),
        flag(metadata, "statevector") ? amplitudeQubitsMax : 0,
        observables("observable", metadata.getOrDefault("observable", "")));
  }

  /// Reads Pauli sums with `;` between them; none when the text is empty.
  ///
  /// @param field what refusals call it
  /// @throws dev.reeve.base.ProblemException `OBSERVABLE_INVALID`
  public static List<PauliSum> observables(String field, String text) {
    List<PauliSum> sums = new ArrayList<>();
    if (text.isBlank()) {
      return sums;
    }
    for (String sum : text.split(";", -1)) {
      sums.add(PauliSum.parse(field, sum));
      if (sums.size() > Outputs.OBSERVABLES_MAX) {
        throw QuantumProblems.OBSERVABLE_INVALID
            .field(field, text, "at most " + Outputs.OBSERVABLES_MAX + " sums")
            .toException();
      }
    }
    return sums;
  }

  /// What the metadata says about a search: `minimize` is its method; `max_iters`, `tol` and `step`
  /// are its options.
  ///
  /// @param field before the names of keys in refusals; may be empty
  /// @param observables of the run, the first of which is made small
  /// @return empty when no search is asked for
  /// @throws dev.reeve.base.ProblemException `MINIMIZE_INVALID`
  public static Optional<OpenProgram.Search> search(
      String field, Map<String, String> metadata, List<PauliSum> observables) {
    String word = metadata.getOrDefault("minimize", "");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    MinimizeMethod method =
        MinimizeMethod.of(word)
            .orElseThrow(() ->
                QuantumProblems.MINIMIZE_INVALID
                    .field(field + "minimize", word, "COBYLA, Nelder-Mead, SPSA or gradient")
                    .toException());
    SortedMap<String, Double> options = new TreeMap<>();
    for (String key : List.of("max_iters", "tol", "step")) {
      if (metadata.containsKey(key)) {
        options.put(key, number(field + key, metadata.getOrDefault(key, "")));
      }
    }
    return Optional.of(new OpenProgram.Search(method, options, observables.stream().findFirst()));
  }

  private static double number(String field, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Reported like a number that is not finite.
    }
    throw QuantumProblems.MINIMIZE_INVALID.field(field, text, "a finite number").toException();
  }

  private static boolean flag(Map<String, String> metadata, String key) {
    String text = metadata.getOrDefault(key, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw QuantumProblems.PARAMETER_INVALID.field(key, text, "true or false").toException();
    }
    return text.equals("true");
  }
}
