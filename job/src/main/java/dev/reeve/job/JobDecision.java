package dev.reeve.job;

import dev.reeve.base.Problem;
import java.util.List;

/// The answer of [JobDecider].
public sealed interface JobDecision {
  /// These events happen, in this order. Empty when the command is already fulfilled.
  record Accepted(List<JobEvent> events) implements JobDecision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /// Nothing happens; the caller is told why.
  record Refused(Problem problem) implements JobDecision {}

  static JobDecision accept(JobEvent... events) {
    return new Accepted(List.of(events));
  }

  /// Already so: nothing to do, nothing wrong.
  static JobDecision already() {
    return new Accepted(List.of());
  }
}
