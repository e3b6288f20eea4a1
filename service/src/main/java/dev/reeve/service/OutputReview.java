package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.job.Job;

/// Looks at what a job gives out before anyone may read it: its result, or the words of its error.
/// Several are asked in order, see [#then].
public interface OutputReview {
  /// No output rules are loaded: everything passes.
  OutputReview RELEASE_ALL =
      new OutputReview() {
        @Override
        public boolean mayBlock() {
          return false;
        }

        @Override
        public Outcome review(Output output) {
          return new Outcome.Release(Ruling.NONE);
        }
      };

  /// Whether [#review] may wait for a store even for a small output. Otherwise one of at most 64
  /// KiB is reviewed on the thread that brings it.
  boolean mayBlock();

  /// Never called on the writer's thread; for a large output on one that may block.
  Outcome review(Output output);

  /// Asks this one, then another about what this one lets go. What either holds back is held back.
  default OutputReview then(OutputReview next) {
    return new ReviewsInOrder(this, next);
  }

  /// Something that a job gives out.
  ///
  /// @param job whose it is
  /// @param contentType media type; may be empty
  /// @param bytes all of it
  /// @param isError whether these are the words of an error
  record Output(Job job, String contentType, Bytes bytes, boolean isError) {
    /// The same output after something was cut out.
    Output with(Bytes redacted) {
      return new Output(job, contentType, redacted, isError);
    }
  }

  /// Who decided, for the receipt.
  ///
  /// @param ruleId the rule; empty when none did
  /// @param reason its words; may be empty
  /// @param snapshot id of the policy in force; empty when there is none
  record Ruling(String ruleId, String reason, String snapshot) {
    private static final int REASON_LENGTH_MAX = 1024;

    public static final Ruling NONE = new Ruling("", "", "");

    public Ruling {
      reason =
          reason.length() <= REASON_LENGTH_MAX
              ? reason
              : reason.substring(0, reason.offsetByCodePoints(0, REASON_LENGTH_MAX / 2));
    }

    /// This ruling and a later one about the same output.
    Ruling and(Ruling later) {
      return new Ruling(
          joined(ruleId, " ", later.ruleId),
          joined(reason, "; ", later.reason),
          joined(snapshot, " ", later.snapshot));
    }

    private static String joined(String one, String between, String other) {
      return one.isEmpty() || other.isEmpty() ? one + other : one + between + other;
    }
  }

  /// What became of an output.
  sealed interface Outcome {
    Ruling ruling();

    /// It may be read as it is.
    record Release(Ruling ruling) implements Outcome {}

    /// It may be read after something was cut out.
    ///
    /// @param bytes what may be read
    record Redact(Bytes bytes, Ruling ruling) implements Outcome {}

    /// It is held back.
    ///
    /// @param code stable reason
    /// @param message safe text
    record Quarantine(String code, String message, Ruling ruling) implements Outcome {}

    /// It cannot be told now: it stays unread and is looked at again.
    ///
    /// @param reason for the log
    record Postpone(String reason) implements Outcome {
      @Override
      public Ruling ruling() {
        return Ruling.NONE;
      }
    }
  }
}
