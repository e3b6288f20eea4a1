package dev.reeve.quantum.compiler;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a compile is to be good at. Without one it is the number of two-qubit gates.
public enum CompilePreset {
  /// The circuit is over soon.
  LATENCY,
  /// The chance that no gate and no measurement goes wrong is high.
  FIDELITY,
  /// Both, in equal shares.
  BALANCED;

  /// Its name in options.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names, for refusals.
  public static String words() {
    return Arrays.stream(values()).map(CompilePreset::word).collect(Collectors.joining(", "));
  }

  /// The preset of this name.
  public static Optional<CompilePreset> of(String word) {
    return Arrays.stream(values()).filter(preset -> preset.word().equals(word)).findFirst();
  }
}
