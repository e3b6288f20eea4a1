package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The options of a run on a device (section 3.6 of the contract), as facts of a job.
///
/// @param metadata `shots`, `seed`, values of parameters and others of a run
/// @param simulatedError what the caller wants to see fail; empty for an honest run
record DriverOptions(Map<String, String> metadata, Optional<Problem> simulatedError) {
  private static final String SIMULATE_ERROR = "simulate_error";

  /// @param shots 0 when not said
  /// @throws dev.reeve.base.ProblemException when an option has no meaning
  static DriverOptions of(Map<String, String> options, int shots) {
    Map<String, String> metadata = new TreeMap<>(options);
    metadata.remove(SIMULATE_ERROR);
    Violations violations = new Violations(EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED);
    if (shots < 0) {
      violations.wrong("shots", shots, "1 or more; 0 for the usual number");
    } else if (shots > 0 && metadata.put("shots", Integer.toString(shots)) != null) {
      violations.wrong("options.shots", shots, "shots, or options.shots, not both");
    }
    Optional<Problem> error = Optional.empty();
    String wanted = options.getOrDefault(SIMULATE_ERROR, "");
    switch (wanted) {
      case "" -> {}
      case "UNAVAILABLE" ->
          error =
              Optional.of(
                  DriverProblems.EIGEN_BACKEND_UNAVAILABLE.because(
                      "the caller asked for this failure"));
      case "RESOURCE_EXHAUSTED" ->
          error =
              Optional.of(
                  DriverProblems.EIGEN_BACKEND_CAPACITY.because(
                      "the caller asked for this failure"));
      default ->
          violations.wrong("options.simulate_error", wanted, "UNAVAILABLE, RESOURCE_EXHAUSTED");
    }
    violations.refuseIfAny();
    return new DriverOptions(metadata, error);
  }
}
