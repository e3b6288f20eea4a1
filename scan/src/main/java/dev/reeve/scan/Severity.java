package dev.reeve.scan;

import java.util.Locale;
import java.util.Optional;

/// How bad a finding is, the mildest first.
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// The lower-case word of rule files and of the wire.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The severity with this word; empty when there is none.
  public static Optional<Severity> of(String word) {
    for (Severity severity : values()) {
      if (severity.word().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
