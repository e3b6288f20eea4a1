package dev.reeve.gateway.eigen;

import dev.reeve.job.RetryPolicy;
import dev.reeve.service.DistributedSettings;
import dev.reeve.service.NoisySimulators;
import dev.reeve.service.RetryReasons;
import dev.reeve.service.circuit.CompileSettings;
import dev.reeve.service.quantum.QuantumSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the metadata of a submit says about the run.
///
/// @param shots how often; 0 when not said
/// @param retry attempts and waits
/// @param asksForBasis whether a basis of measurement other than the usual one is named
record RunSettings(int shots, RetryPolicy retry, boolean asksForBasis) {
  /// Above any device: which one it is, is known only later.
  private static final int SHOTS_CEILING = 1_000_000_000;

  private static final int ATTEMPTS_MAX = 16;
  private static final int DELAY_MS_MAX = 86_400_000;
  private static final long MICROS_PER_MS = 1_000;
  private static final Set<String> USUAL_BASIS = Set.of("", "Z", "z");

  /// Three attempts, 50 ms doubling to 1 s: section 2.6 of the contract.
  private static final int ATTEMPTS_DEFAULT = 3;

  private static final int BASE_DELAY_MS_DEFAULT = 50;
  private static final int DELAY_MAX_MS_DEFAULT = 1_000;
  private static final String ELAPSED_MAX = "retry.max_elapsed_ms";

  static void check(SubmitInput input, EigenProfile profile, Violations violations) {
    Reader reader = new Reader(input.metadata(), profile.metadataField(), violations);
    reader.integer("shots", 1, 1, SHOTS_CEILING);
    reader.integer("retry.max_attempts", ATTEMPTS_DEFAULT, 1, ATTEMPTS_MAX);
    int base = reader.integer("retry.base_delay_ms", BASE_DELAY_MS_DEFAULT, 0, DELAY_MS_MAX);
    reader.integer("retry.max_delay_ms", Math.max(base, DELAY_MAX_MS_DEFAULT), base, DELAY_MS_MAX);
    reader.integer(ELAPSED_MAX, 0, 0, DELAY_MS_MAX);
    String seed = input.metadata().getOrDefault("seed", "0");
    if (!isLong(seed)) {
      violations.wrong(profile.metadataField() + ".seed", seed, "an integer of 64 bits");
    }
    String noise = input.metadata().getOrDefault("noise_model", "");
    if (NoisySimulators.problem("noise_model", noise).isPresent()) {
      violations.wrong(profile.metadataField() + ".noise_model", noise, "NAME:0..1, joined by +");
    }
    QuantumSettings.mistakes(input.metadata())
        .forEach((key, expected) ->
            violations.wrong(
                profile.metadataField() + "." + key,
                input.metadata().getOrDefault(key, ""),
                expected));
    RetryReasons.mistakes(input.metadata())
        .forEach((key, expected) ->
            violations.wrong(
                profile.metadataField() + "." + key,
                input.metadata().getOrDefault(key, ""),
                expected));
    Map<String, String> mistakes = new TreeMap<>(CompileSettings.mistakes(input.options()));
    mistakes.putAll(DistributedSettings.mistakes(input.options()));
    mistakes.forEach((key, expected) ->
        violations.wrong(
            "compiler_options." + key, input.options().getOrDefault(key, ""), expected));
    if (input.distributed() && !DistributedSettings.isCount(input.partitions())) {
      violations.wrong(
          "workload.topology.partition_count",
          input.partitions(),
          DistributedSettings.COUNT_EXPECTED);
    }
    String method = input.metadata().getOrDefault("method", "auto");
    if (!NoisySimulators.methods().contains(method)) {
      violations.wrong(
          profile.metadataField() + ".method",
          method,
          String.join(", ", NoisySimulators.methods()));
    }
  }

  /// The settings of an input that passed [#check].
  static RunSettings of(SubmitInput input, EigenProfile profile) {
    Map<String, String> metadata = input.metadata();
    Violations none = new Violations(EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED);
    Reader reader = new Reader(metadata, profile.metadataField(), none);
    int shots = metadata.containsKey("shots") ? reader.integer("shots", 1, 1, SHOTS_CEILING) : 0;
    int base = reader.integer("retry.base_delay_ms", BASE_DELAY_MS_DEFAULT, 0, DELAY_MS_MAX);
    int most =
        reader.integer(
            "retry.max_delay_ms", Math.max(base, DELAY_MAX_MS_DEFAULT), base, DELAY_MS_MAX);
    RetryPolicy retry =
        new RetryPolicy(
            reader.integer("retry.max_attempts", ATTEMPTS_DEFAULT, 1, ATTEMPTS_MAX),
            base * MICROS_PER_MS,
            most * MICROS_PER_MS,
            reader.integer(ELAPSED_MAX, 0, 0, DELAY_MS_MAX) * MICROS_PER_MS);
    return new RunSettings(shots, retry, !USUAL_BASIS.contains(metadata.getOrDefault("basis", "")));
  }

  /// @throws dev.reeve.base.ProblemException when the device runs no so many shots
  void requireShots(int shotsMax, String metadataField) {
    if (shots > shotsMax) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .field(metadataField + ".shots", Integer.toString(shots), "1 to " + shotsMax)
          .toException();
    }
  }

  private static boolean isLong(String text) {
    try {
      Long.parseLong(text);
      return isAscii(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /// Java reads the digits of every script; the run that uses the text later need not.
  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private record Reader(Map<String, String> metadata, String field, Violations violations) {
    private int integer(String key, int absent, int least, int most) {
      String text = metadata.get(key);
      if (text == null) {
        return absent;
      }
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most && isAscii(text)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported like a number out of range.
      }
      String end = most == SHOTS_CEILING ? "the device's max_shots" : Integer.toString(most);
      violations.wrong(field + "." + key, text, "an integer, " + least + " to " + end);
      return absent;
    }
  }
}
