package dev.reeve.service.optimizer;

import dev.reeve.base.Text;
import dev.reeve.service.ServiceProblems;
import java.util.Map;

/// What counts how much when candidates are ranked: shares of 1, and what a risk takes off.
///
/// @param preset the name of the shares, or of those that weights changed
public record Objective(
    String preset, double latency, double fidelity, double resource, double risk) {
  private static final String PRESETS = "latency, fidelity or balanced";

  /// @param preset `latency`, `fidelity`, `balanced`; empty is balanced
  /// @param weights replace those of the preset: `latency`, `fidelity`, `resource`, `risk`, none
  ///   negative
  /// @throws dev.reeve.base.ProblemException `OPTIMIZER_REQUEST_INVALID`
  public static Objective of(String preset, Map<String, Double> weights) {
    Objective base =
        switch (preset) {
          case "", "balanced" -> new Objective("balanced", 0.3, 0.4, 0.3, 0.1);
          case "latency" -> new Objective(preset, 0.6, 0.2, 0.2, 0.1);
          case "fidelity" -> new Objective(preset, 0.1, 0.7, 0.2, 0.2);
          default ->
              throw ServiceProblems.OPTIMIZER_REQUEST_INVALID
                  .field("objective.preset", preset, PRESETS)
                  .toException();
        };
    weights.forEach(Objective::require);
    double latency = weights.getOrDefault("latency", base.latency);
    double fidelity = weights.getOrDefault("fidelity", base.fidelity);
    double resource = weights.getOrDefault("resource", base.resource);
    double sum = latency + fidelity + resource;
    if (sum <= 0) {
      throw ServiceProblems.OPTIMIZER_REQUEST_INVALID
          .field("objective.weights", "0 in sum", "some weight above 0")
          .toException();
    }
    return new Objective(
        base.preset,
        latency / sum,
        fidelity / sum,
        resource / sum,
        weights.getOrDefault("risk", base.risk));
  }

  private static void require(String name, double weight) {
    boolean known =
        switch (name) {
          case "latency", "fidelity", "resource", "risk" -> true;
          default -> false;
        };
    if (!known || !(weight >= 0 && weight <= 1_000)) {
      throw ServiceProblems.OPTIMIZER_REQUEST_INVALID
          .field(
              "objective.weights",
              Text.quoteForMessage(name) + ": " + weight,
              "latency, fidelity, resource, risk, each 0 to 1000")
          .toException();
    }
  }
}
