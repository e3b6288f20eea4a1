package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.job.Content;
import dev.reeve.job.Job;

/// Looks at a result before anyone may read it. May take its time; never called on the writer's
/// thread.
@FunctionalInterface
public interface OutputReview {
  /// No output rules are loaded: everything passes.
  OutputReview RELEASE_ALL = (_, _, _) -> new Outcome.Release();

  Outcome review(Job job, Content content, Bytes result);

  /// What became of the result.
  sealed interface Outcome {
    /// It may be read as it is.
    record Release() implements Outcome {}

    /// It is held back.
    ///
    /// @param code stable reason
    /// @param message safe text
    record Quarantine(String code, String message) implements Outcome {}
  }
}
