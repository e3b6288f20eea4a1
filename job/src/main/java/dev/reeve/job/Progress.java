package dev.reeve.job;

import dev.reeve.base.Check;

/// The newest sign of a running job.
///
/// @param stage short upper-case name; empty when unknown
/// @param partsPerMillion how much is done, 0 to 1,000,000
/// @param message safe text; may be empty
public record Progress(String stage, int partsPerMillion, String message) {
  public static final Progress NONE = new Progress("", 0, "");
  public static final int WHOLE = 1_000_000;

  public Progress {
    Storable.text("stage", stage);
    Storable.text("message", message);
    Check.argument(
        partsPerMillion >= 0 && partsPerMillion <= WHOLE,
        "progress: %s parts per million (expected: 0 to 1000000)",
        partsPerMillion);
  }
}
