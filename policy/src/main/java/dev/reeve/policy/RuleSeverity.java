package dev.reeve.policy;

import java.util.Locale;

/// How bad a finding is, mildest first.
public enum RuleSeverity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// The word for it in policy files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
