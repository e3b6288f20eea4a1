package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.quantum.hybrid.AnswerFacts;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.simulator.Expectation;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes what a run found: for people, or as a line of JSON.
final class RunOutput {
  /// Facts that are numbers in JSON; all others are text.
  private static final Set<String> NUMBERS =
      Set.of("execution_seconds", "expectation", "standard_error", "variance");

  /// Facts that are lists or objects.
  private static final Set<String> STRUCTURES =
      Set.of(
          "expectation_values",
          "optimizer_history",
          "parameters",
          "quasi_probabilities",
          "standard_errors");

  private final Console console;
  private final boolean allBits;
  private final boolean probabilities;

  /// @param allBits whether bits that nobody writes are shown, too
  /// @param probabilities whether they take the place of the counts
  RunOutput(Console console, boolean allBits, boolean probabilities) {
    this.console = console;
    this.allBits = allBits;
    this.probabilities = probabilities;
  }

  /// @param given values to repeat; none when empty
  void line(HybridRunner.Answer answer, double seconds, Map<String, String> given) {
    SimulationResult result = answer.result();
    int width = width(answer);
    JsonObject line = new JsonObject();
    if (!given.isEmpty()) {
      JsonObject values = new JsonObject();
      given.forEach(values::addProperty);
      line.add("inputs", values);
    }
    JsonObject outcomes = new JsonObject();
    if (probabilities) {
      wide(result.probabilities().orElseThrow(), width).forEach(outcomes::addProperty);
    } else {
      wide(result.counts(), width).forEach(outcomes::addProperty);
    }
    line.add(probabilities ? "probabilities" : "counts", outcomes);
    AnswerFacts.outputs(result, Integer.MAX_VALUE)
        .forEach((name, text) -> {
          if (!name.equals("probabilities")) {
            line.add(name, JsonParser.parseString(text));
          }
        });
    JsonObject metadata = new JsonObject();
    metadata.addProperty("execution_seconds", seconds);
    AnswerFacts.of(answer)
        .forEach((name, value) -> {
          if (NUMBERS.contains(name)) {
            metadata.addProperty(name, Double.valueOf(value));
          } else if (STRUCTURES.contains(name)) {
            metadata.add(name, JsonParser.parseString(value));
          } else {
            metadata.addProperty(name, value);
          }
        });
    line.add("metadata", metadata);
    console.say(Json.line(line));
  }

  void print(HybridRunner.Answer answer, double seconds) {
    SimulationResult result = answer.result();
    int width = width(answer);
    if (probabilities) {
      wide(result.probabilities().orElseThrow(), width)
          .forEach((outcome, share) -> console.say("%s  %.12f".formatted(outcome, share)));
    } else {
      Histogram.lines(
              wide(result.counts(), width),
              console.terminal().columns(),
              console.terminal().drawsOnOut())
          .forEach(console::say);
    }
    result.found().memory().forEach(console::say);
    result
        .found()
        .amplitudes()
        .ifPresent(amplitudes -> {
          for (int i = 0; i < amplitudes.size(); i++) {
            console.say("%d  %.12f %+.12fi".formatted(i, amplitudes.re(i), amplitudes.im(i)));
          }
        });
    expectations(answer);
    console.note(
        "%d shots, seed %d, %s because %s, %.3f s"
            .formatted(
                result.shots(), result.seed(), result.method(), answer.choice().reason(), seconds));
  }

  private void expectations(HybridRunner.Answer answer) {
    List<Expectation> expectations = answer.result().found().expectations();
    for (int i = 0; i < expectations.size(); i++) {
      Expectation each = expectations.get(i);
      StringBuilder text = new StringBuilder();
      text.append("%s = %.9f".formatted(answer.observables().get(i).text(), each.value()));
      each.variance().ifPresent(variance -> text.append(", variance %.9f".formatted(variance)));
      if (each.standardError() > 0) {
        text.append(", standard error %.9f".formatted(each.standardError()));
      }
      console.say(text.toString());
    }
    answer
        .minimum()
        .ifPresent(minimum -> {
          answer.values().forEach((name, value) -> console.say("%s = %.9f".formatted(name, value)));
          console.note(
              "%d iterations, %d evaluations%s"
                  .formatted(
                      minimum.iterations(),
                      minimum.evaluations(),
                      minimum.converged() ? "" : ", not converged"));
        });
  }

  private int width(HybridRunner.Answer answer) {
    return allBits ? answer.bits() : 0;
  }

  /// Bits that no outcome has are zero.
  private static <V> SortedMap<String, V> wide(Map<String, V> outcomes, int width) {
    SortedMap<String, V> wide = new TreeMap<>();
    outcomes.forEach(
        (text, value) -> wide.put("0".repeat(Math.max(0, width - text.length())) + text, value));
    return wide;
  }
}
