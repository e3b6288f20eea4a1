package dev.reeve.gateway.beamline.worker;

import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// How an assignment is to be done: what the request says, over what the decision gives.
///
/// @param deadline how long work may take that says nothing
record AssignmentOptions(Deadline deadline) {
  static final int ATTEMPTS_DEFAULT = 2;
  static final long BACKOFF_MS_DEFAULT = 200;

  /// Members that we know.
  static final Set<String> KNOWN = Set.of("priority", "deadline_ms", "retry");

  private static final AssignmentOrder.Choice UNDECIDED =
      new AssignmentOrder.Choice("", "", 0, 0, 0, Map.of(), "", 0);
  private static final int PRIORITY_MAX = 1_000_000;
  private static final int ATTEMPTS_MAX = 100;
  private static final long MILLIS_MAX = 86_400_000;

  /// The rule of deadlines: so many times what is expected, within bounds.
  ///
  /// @param minMs at least
  /// @param maxMs at most
  record Deadline(int multiplier, long minMs, long maxMs) {
    /// Of the contract: five times, 5 s to 60 s.
    static final Deadline DEFAULT = new Deadline(5, 5_000, 60_000);

    long forExpected(long latencyMs) {
      return Math.min(maxMs, Math.max(minMs, latencyMs * multiplier));
    }
  }

  /// Refuses options that no decision makes right.
  ///
  /// @param given the request's options; may be empty
  /// @throws dev.reeve.base.ProblemException `ASSIGNMENT_INVALID`
  void check(ExecMembers given) {
    WorkerAssignment.Options _ = over(given, UNDECIDED);
  }

  /// @param given the request's options; may be empty
  /// @throws dev.reeve.base.ProblemException `ASSIGNMENT_INVALID`
  WorkerAssignment.Options over(ExecMembers given, AssignmentOrder.Choice choice) {
    ExecMembers retry = given.members("retry");
    Map<String, JsonValue> others = new LinkedHashMap<>(given.values());
    others.keySet().removeAll(KNOWN);
    return new WorkerAssignment.Options(
        (int) within(given, "priority", choice.priority(), -PRIORITY_MAX, PRIORITY_MAX),
        within(
            given, "deadline_ms", deadline.forExpected(choice.expectedLatencyMs()), 1, MILLIS_MAX),
        (int) within(retry, "max_attempts", ATTEMPTS_DEFAULT, 0, ATTEMPTS_MAX),
        within(retry, "backoff_ms", BACKOFF_MS_DEFAULT, 0, MILLIS_MAX),
        others);
  }

  private static long within(ExecMembers given, String name, long absent, long min, long max) {
    long value = given.integer(name, absent);
    if (value < min || value > max) {
      throw given.wrong(name, min + " to " + max);
    }
    return value;
  }
}
