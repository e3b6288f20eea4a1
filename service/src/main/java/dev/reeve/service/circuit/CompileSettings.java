package dev.reeve.service.circuit;

import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.service.ServiceProblems;
import java.util.Map;
import java.util.Optional;

/// How to compile, as options of a call say it: `target` the device's graph, `optimization_level` 0
/// to 3, `seed`, `format` the form of the output. Other options are somebody else's and are let be.
///
/// @param device empty when every qubit may meet every other
/// @param level how much to try
/// @param seed the same one gives the same output
/// @param form of the output
public record CompileSettings(
    Optional<DeviceModel> device, CompileLevel level, long seed, CircuitForm form) {
  /// Simulators have no graph of their own.
  private static final String SIMULATORS = "sim:";

  /// @param options as received
  /// @param form when none is asked for
  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID`, `DEVICE_UNKNOWN`
  public static CompileSettings of(Map<String, String> options, CircuitForm form) {
    return new CompileSettings(
        device(options), level(options), seed(options), CircuitForm.of(options, form));
  }

  private static Optional<DeviceModel> device(Map<String, String> options) {
    String target = options.getOrDefault("target", "");
    if (target.isEmpty() || target.startsWith(SIMULATORS)) {
      return Optional.empty();
    }
    return Optional.of(
        DeviceModels.of(target)
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
