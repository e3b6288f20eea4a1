package dev.reeve.simulation;

import dev.reeve.base.Bytes;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobEvent;
import dev.reeve.job.Progress;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes up what a worker says of an attempt.
final class Reports {
  /// Something said of an attempt.
  ///
  /// @param command what
  /// @param body bytes of its result
  /// @param effects events one of which is stored when it is accepted; empty when it may change
  ///   nothing
  record Report(JobCommand command, Bytes body, List<Class<? extends JobEvent>> effects) {
    /// Whether the worker has done with the attempt.
    boolean isFinal() {
      return !effects.isEmpty();
    }
  }

  private static final int KINDS = 12;

  private Reports() {}

  static Report any(DispatchId attempt, RandomGenerator random) {
    return of(attempt, random.nextInt(KINDS), random);
  }

  static Report completion(DispatchId attempt, RandomGenerator random) {
    return of(attempt, 0, random);
  }

  private static Report of(DispatchId attempt, int kind, RandomGenerator random) {
    Bytes result = Bytes.utf8("result of " + attempt + " " + random.nextInt(3));
    Content content = Content.of("text/plain", result);
    return switch (kind) {
      case 0, 1, 2, 3 ->
          new Report(
              new JobCommand.Complete(attempt, content), result, List.of(JobEvent.Completed.class));
      case 4 ->
          new Report(
              new JobCommand.SubmitResult(attempt, content),
              result,
              List.of(JobEvent.ReviewStarted.class));
      case 5 ->
          new Report(
              new JobCommand.CompleteQuarantined(attempt, content, "SECRET", "held back"),
              result,
              List.of(JobEvent.Quarantined.class));
      case 6, 7 ->
          new Report(
              new JobCommand.Fail(
                  attempt, "BROKEN", "it broke", random.nextInt(4) > 0, 0, random.nextDouble()),
              Bytes.EMPTY,
              List.of(JobEvent.AttemptFailed.class, JobEvent.Failed.class));
      case 8 -> new Report(new JobCommand.Start(attempt), Bytes.EMPTY, List.of());
      default ->
          new Report(
              new JobCommand.ReportProgress(
                  attempt, new Progress("S" + random.nextInt(3), random.nextInt(1_000_000), "")),
              Bytes.EMPTY,
              List.of());
    };
  }
}
