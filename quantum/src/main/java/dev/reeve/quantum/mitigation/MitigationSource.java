package dev.reeve.quantum.mitigation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where it is known from how often bits are read wrongly.
public enum MitigationSource {
  /// The figures of the device: for a simulator those of its noise model.
  CALIBRATION,
  /// Two more runs on the same qubits, of all zeros and of all ones.
  MEASURED;

  /// Its name in options.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names, for refusals.
  public static String words() {
    return Arrays.stream(values()).map(MitigationSource::word).collect(Collectors.joining(", "));
  }

  /// The source of this name.
  public static Optional<MitigationSource> of(String word) {
    return Arrays.stream(values()).filter(source -> source.word().equals(word)).findFirst();
  }
}
