package dev.reeve.quantum.jobspec;

import java.util.Optional;

/// The versions of job specifications.
public enum JobSpecVersion {
  /// Flat; members that it does not know mean nothing.
  V0_1("eigen.os/v0.1"),
  /// With sections; members that it does not know are mistakes.
  V1("eigen.os/v1");

  private final String text;

  JobSpecVersion(String text) {
    this.text = text;
  }

  /// As `apiVersion` says it.
  public String text() {
    return text;
  }

  /// The version of this `apiVersion`.
  public static Optional<JobSpecVersion> of(String text) {
    for (JobSpecVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
