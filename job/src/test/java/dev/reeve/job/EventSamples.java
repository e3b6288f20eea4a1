package dev.reeve.job;

import static dev.reeve.job.JobSamples.FIRST_ATTEMPT;
import static dev.reeve.job.JobSamples.LATER;
import static dev.reeve.job.JobSamples.NOW;
import static dev.reeve.job.JobSamples.RESULT;

import java.util.List;

/// One event of each type, with every member filled, and one with the members that may be left out.
final class EventSamples {
  private EventSamples() {}

  static List<JobEvent> all() {
    return List.of(
        new JobEvent.Waiting(NOW, List.of("p1", "p2")),
        new JobEvent.Held(NOW, LATER, List.of("p1")),
        new JobEvent.Held(NOW, 0, List.of()),
        new JobEvent.Approved(NOW, "bob", "looks fine"),
        new JobEvent.Approved(NOW, "bob", ""),
        new JobEvent.ParentCompleted(NOW, "p1"),
        new JobEvent.Throttled(NOW, LATER, "tenant is over its rate"),
        new JobEvent.Throttled(NOW, LATER, ""),
        new JobEvent.CompileStarted(NOW),
        new JobEvent.Queued(NOW, LATER, "RETRY"),
        new JobEvent.Queued(NOW, 0, "READY"),
        new JobEvent.Dispatched(NOW, FIRST_ATTEMPT, "w1"),
        new JobEvent.Started(NOW),
        new JobEvent.Progressed(NOW, new Progress("MEASURING", 500_000, "shot 512 of 1024")),
        new JobEvent.Progressed(NOW, Progress.NONE),
        new JobEvent.Heartbeat(NOW, 3, new Progress("MEASURING", 500_000, "shot 512 of 1024")),
        new JobEvent.Heartbeat(NOW, 1, Progress.NONE),
        new JobEvent.AttemptFailed(NOW, "EXIT_1", "it broke"),
        new JobEvent.Interrupted(NOW, "WORKER_GONE"),
        new JobEvent.ReviewStarted(NOW, RESULT),
        new JobEvent.Completed(NOW, RESULT),
        new JobEvent.Completed(NOW, new Content("", 0, RESULT.sha256())),
        new JobEvent.Denied(NOW, "APPROVAL_REJECTED", "not on a Friday"),
        new JobEvent.Quarantined(NOW, "PII_FOUND", "held back", RESULT),
        new JobEvent.Failed(NOW, "EXIT_1", "it broke", true),
        new JobEvent.Cancelled(NOW, "ada", "done with it"),
        new JobEvent.Cancelled(NOW, "ada", ""),
        new JobEvent.TimedOut(NOW, "DEADLINE_EXCEEDED", "the job's deadline passed"),
        new JobEvent.HeldOutputReleased(NOW, "bob", "a false alarm"),
        new JobEvent.HeldOutputDeleted(NOW, "bob", ""),
        new JobEvent.ApprovalGiven(NOW, "bob", "looks fine", 1),
        new JobEvent.ApprovalGiven(NOW, "bob", "", 0),
        new JobEvent.Judged(
            NOW,
            new Verdict(Verdict.Decision.DENY, "r-9", "not in the freeze", "cfg:2"),
            new Grant(900_000_000, 2, 4096, 3, 2, "{\"budgets\":{}}", 1)),
        new JobEvent.Judged(NOW, Verdict.NONE, Grant.NONE),
        new JobEvent.Failed(NOW, "E_FATAL", "beyond repair", false, true));
  }
}
