package dev.reeve.testing;

import java.time.Duration;

/// What a [FakeModelServer] does instead of answering well, once.
public sealed interface ModelFault {
  /// Answers with an error.
  ///
  /// @param retryAfter the header; empty for none
  record Status(int status, String retryAfter, String code) implements ModelFault {}

  /// Answers well, but late: after a time between these, drawn anew for each call.
  record Slow(Duration least, Duration most) implements ModelFault {
    /// Always after the same time.
    public Slow(Duration time) {
      this(time, time);
    }
  }

  /// Breaks the connection after so many words of a stream; of a whole answer, before it.
  record Cut(int words) implements ModelFault {}

  /// Answers 200 with something that is no answer.
  record Garbage() implements ModelFault {}

  /// Sends events with half a document in one.
  record BrokenEvent(int words) implements ModelFault {}
}
