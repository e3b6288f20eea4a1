package dev.reeve.quantum.aqo;

import java.util.Optional;

/// The versions of the format. A document keeps its own; readers of one version refuse later ones.
public enum AqoVersion {
  /// The form before the first release; the same rules as [#V1_0].
  V0_1("0.1"),
  /// Rotations, flips and their controlled forms, measurement, reset.
  V1_0("1.0.0"),
  /// More gates, barriers, delays, and regions that repeat or that measurements decide.
  V1_1("1.1");

  private final String text;

  AqoVersion(String text) {
    this.text = text;
  }

  /// As a document writes it.
  public String text() {
    return text;
  }

  /// The version with this text.
  public static Optional<AqoVersion> of(String text) {
    for (AqoVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
