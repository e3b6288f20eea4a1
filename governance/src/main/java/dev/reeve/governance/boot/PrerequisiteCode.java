package dev.reeve.governance.boot;

/// Which prerequisite is not met. Shown with its prefix beside the reason of a refusal, and by
/// health.
public enum PrerequisiteCode {
  TREATY_MISSING,
  TREATY_UNREADABLE,
  TREATY_INVALID_SCHEMA,
  GENOME_MISSING,
  GENOME_UNREADABLE,
  GENOME_INVALID_SCHEMA,
  GENOME_SIGNATURE_INVALID,
  CONFIG_MISSING,
  CONFIG_UNREADABLE,
  CONFIG_INVALID_SCHEMA;

  /// `PREREQ_` and the name.
  public String code() {
    return "PREREQ_" + name();
  }
}
