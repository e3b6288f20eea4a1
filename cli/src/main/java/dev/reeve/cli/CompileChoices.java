package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompileOptions;
import dev.reeve.quantum.compiler.CompilePreset;
import dev.reeve.quantum.compiler.Decoupling;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.Timing;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// What `reeve compile` may be told beside the device and the level.
final class CompileChoices {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "latency, fidelity or balanced (default: few two-qubit gates).")
  private String preset = "";

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description = "Write delays where qubits wait: asap or alap (default: no delays).")
  private String timing = "";

  @Option(
      names = "--decoupling",
      paramLabel = "NAME",
      description = "Flip qubits while they wait: XX or XY4 (default: no flips).")
  private String decoupling = "";

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description = "Figures of the device, a JSON object (default: typical ones).")
  private String calibration = "";

  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`
  CompileOptions options(CompileLevel level, long seed) {
    return new CompileOptions(
        level,
        seed,
        choice("--preset", preset, CompilePreset::of, CompilePreset.words()),
        choice("--schedule", timing, Timing::of, Timing.words()),
        choice("--decoupling", decoupling, Decoupling::of, Decoupling.words()));
  }

  private static <T> Optional<T> choice(
      String option, String word, Function<String, Optional<T>> known, String words) {
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> choice = known.apply(word);
    if (choice.isEmpty()) {
      throw CliProblems.ARGUMENT_INVALID.field(option, word, words).toException();
    }
    return choice;
  }

  /// The device with the figures of the file.
  ///
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`, or when there is no such file
  DeviceModel calibrated(DeviceModel model) {
    return calibration.isEmpty() ? model : CalibrationFile.on(calibration, model);
  }
}
