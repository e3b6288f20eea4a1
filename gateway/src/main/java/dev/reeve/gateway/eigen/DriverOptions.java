package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The options of a run on a device (section 3.6 of the contract), as facts of a job.
///
/// @param metadata `shots`, `seed` and others of a run, and `param.NAME` for each parameter however
///   it was written
/// @param simulatedError what the caller wants to see fail; empty for an honest run
record DriverOptions(Map<String, String> metadata, Optional<Problem> simulatedError) {
  private static final String PARAMETER = "param.";
  private static final String SIMULATE_ERROR = "simulate_error";
  private static final Set<String> PREFIXES = Set.of(PARAMETER, "param:", "parameters.");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Facts of a run that are no parameters.
  private static final Set<String> OF_RUN =
      Set.of(
          "basis",
          "max_iters",
          "memory",
          "method",
          "noise_model",
          "observable",
          "optimization_level",
          "optimizer",
          "probabilities",
          "provider_profile",
          "seed",
          "shots",
          "state_vector");

  /// @param shots 0 when not said
  /// @throws dev.reeve.base.ProblemException when an option has no meaning
  static DriverOptions of(Map<String, String> options, int shots) {
    Map<String, String> metadata = new TreeMap<>();
    Violations violations = new Violations(EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED);
    options.forEach((name, value) -> {
      if (!name.equals(SIMULATE_ERROR)) {
        String fact = fact(name);
        if (metadata.putIfAbsent(fact, value) != null) {
          violations.wrong("options." + name, value, "each parameter once");
        }
      }
    });
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

  private static String fact(String option) {
    for (String prefix : PREFIXES) {
      if (option.startsWith(prefix)) {
        return PARAMETER + option.substring(prefix.length());
      }
    }
    boolean bare = NAME.matcher(option).matches() && !OF_RUN.contains(option);
    return bare ? PARAMETER + option : option;
  }
}
