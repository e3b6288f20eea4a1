package dev.reeve.service.circuit;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompileOptions;
import dev.reeve.quantum.compiler.CompilePreset;
import dev.reeve.quantum.compiler.Decoupling;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.compiler.Timing;
import dev.reeve.service.ServiceProblems;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// How to compile, as options of a call say it: `target` the device's graph, `optimization_level` 0
/// to 3, `preset`, `schedule`, `dynamical_decoupling`, `seed`, `format` the form of the output.
/// Other options are somebody else's and are let be.
///
/// @param device empty when every qubit may meet every other
/// @param compile how much to try, and what for
/// @param form of the output
public record CompileSettings(
    Optional<DeviceModel> device, CompileOptions compile, CircuitForm form) {
  /// Simulators have no graph of their own.
  private static final String SIMULATORS = "sim:";

  /// @param options as received
  /// @param form when none is asked for
  /// @param models devices by name
  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID`, `DEVICE_UNKNOWN`
  public static CompileSettings of(
      Map<String, String> options,
      CircuitForm form,
      Function<String, Optional<DeviceModel>> models) {
    return new CompileSettings(
        device(options, models),
        choices(options, level(options), seed(options)),
        CircuitForm.of(options, form));
  }

  /// What is wrong with the choices among the options of a job: what is expected, by key.
  public static SortedMap<String, String> mistakes(Map<String, String> options) {
    SortedMap<String, String> mistakes = new TreeMap<>();
    note(mistakes, "preset", options, CompilePreset::of, CompilePreset.words());
    note(mistakes, "schedule", options, Timing::of, Timing.words());
    note(mistakes, "dynamical_decoupling", options, Decoupling::of, Decoupling.words());
    return mistakes;
  }

  private static <T> void note(
      SortedMap<String, String> mistakes,
      String key,
      Map<String, String> options,
      Function<String, Optional<T>> known,
      String words) {
    String word = options.getOrDefault(key, "");
    if (!word.isEmpty() && known.apply(word).isEmpty()) {
      mistakes.put(key, words);
    }
  }

  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID`
  public static CompileOptions choices(Map<String, String> options, CompileLevel level, long seed) {
    mistakes(options)
        .forEach((key, words) -> {
          throw ServiceProblems.COMPILE_OPTION_INVALID
              .field("options." + key, options.getOrDefault(key, ""), words)
              .toException();
        });
    return new CompileOptions(
        level,
        seed,
        CompilePreset.of(options.getOrDefault("preset", "")),
        Timing.of(options.getOrDefault("schedule", "")),
        Decoupling.of(options.getOrDefault("dynamical_decoupling", "")));
  }

  private static Optional<DeviceModel> device(
      Map<String, String> options, Function<String, Optional<DeviceModel>> models) {
    String target = options.getOrDefault("target", "");
    if (target.isEmpty() || target.startsWith(SIMULATORS)) {
      return Optional.empty();
    }
    return Optional.of(
        models
            .apply(target)
            .orElseThrow(() ->
                QuantumProblems.DEVICE_UNKNOWN
                    .field("options.target", target, DeviceModels.NAMES)
                    .with("device_id", target)
                    .toException()));
  }

  private static CompileLevel level(Map<String, String> options) {
    String text = options.getOrDefault("optimization_level", "");
    if (text.isEmpty()) {
      return CompileLevel.LIGHT;
    }
    Optional<CompileLevel> level =
        text.length() == 1 ? CompileLevel.of(text.charAt(0) - '0') : Optional.empty();
    return level.orElseThrow(() ->
        ServiceProblems.COMPILE_OPTION_INVALID
            .field("options.optimization_level", text, "0 to 3")
            .toException());
  }

  private static long seed(Map<String, String> options) {
    String text = options.getOrDefault("seed", "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ServiceProblems.COMPILE_OPTION_INVALID
          .field("options.seed", text, "an integer of 64 bits")
          .toException();
    }
  }
}
