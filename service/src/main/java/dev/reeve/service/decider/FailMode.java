package dev.reeve.service.decider;

import java.util.Locale;

/// What holds while a decider does not answer.
public enum FailMode {
  /// Go on without it, and leave a mark and a receipt.
  OPEN,
  /// Refuse.
  CLOSED;

  /// The word for it in the configuration.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
