package dev.reeve.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What becomes of an unfinished job when policy is asked again. Pure.
///
/// No: what has not begun ends as denied, what runs is cancelled. A person: what has not begun is
/// held, unless it was approved under the same rule; what runs is left. Not now: what is ready
/// waits; asked again ahead of its time, it goes on waiting, and that is no further round. Yes:
/// what waited because of policy goes on, except that a person who was asked is still asked. A
/// result in review is left to the review.
final class Judgement {
  private Judgement() {}

  static JobDecision of(Job job, JobCommand.Judge c, long now) {
    if (job.state() instanceof JobState.Reviewing) {
      return JobDecision.already();
    }
    return switch (c.verdict().decision()) {
      case DENY -> denied(job, c, now);
      case REQUIRE_APPROVAL -> asked(job, c, now);
      case THROTTLE -> notNow(job, c, now);
      case ALLOW -> allowed(job, c, now);
    };
  }

  private static JobDecision denied(Job job, JobCommand.Judge c, long now) {
    String reason = "the policy in force denies this job: " + c.verdict().reason();
    JobEvent end =
        job.state() instanceof JobState.Executing
            ? new JobEvent.Cancelled(now, JobProblems.BY_POLICY, reason)
            : new JobEvent.Denied(now, JobProblems.POLICY_REVOKED, reason);
    return JobDecision.accept(judged(job, c, now), end);
  }

  private static JobDecision asked(Job job, JobCommand.Judge c, long now) {
    boolean sameRule = c.verdict().ruleId().equals(job.verdict().ruleId());
    boolean sameWords = sameRule && c.verdict().reason().equals(job.verdict().reason());
    return switch (job.state()) {
      case JobState.AwaitingApproval _ ->
          sameWords && c.grant().grantsAs(job.grant())
              ? JobDecision.already()
              : JobDecision.accept(judged(job, c, now));
      case JobState.Pending _, JobState.Throttled _, JobState.Compiling _, JobState.Queued _ ->
          job.isApproved() && sameRule ? goesOn(job, c, now) : held(job, c, now);
      case JobState.Executing _,
          JobState.Reviewing _,
          JobState.Completed _,
          JobState.Denied _,
          JobState.Quarantined _,
          JobState.Failed _,
          JobState.Cancelled _,
          JobState.TimedOut _ ->
          JobDecision.already();
    };
  }

  private static JobDecision held(Job job, JobCommand.Judge c, long now) {
    Set<String> open =
        job.state() instanceof JobState.Pending pending ? pending.waitingFor() : Set.of();
    List<String> parents = JobDecider.inGivenOrder(job.header().placement(), open);
    return JobDecision.accept(
        judged(job, c, now), new JobEvent.Held(now, c.approvalExpiresAtMicros(), parents));
  }

  private static JobDecision notNow(Job job, JobCommand.Judge c, long now) {
    boolean ready =
        job.state() instanceof JobState.Queued || job.state() instanceof JobState.Throttled;
    boolean early =
        job.state() instanceof JobState.Throttled throttled
            && now < throttled.retryAtMicros()
            && c.retryAtMicros() >= throttled.retryAtMicros();
    if (!ready || early) {
      return JobDecision.already();
    }
    String reason = c.verdict().reason();
    return job.throttleRounds() >= JobDecider.THROTTLE_ROUNDS_MAX
        ? JobDecision.accept(new JobEvent.Failed(now, JobProblems.THROTTLED_TOO_LONG, reason, true))
        : JobDecision.accept(new JobEvent.Throttled(now, c.retryAtMicros(), reason));
  }

  /// A person who was asked is still asked: only they can say that they need not be.
  private static JobDecision allowed(Job job, JobCommand.Judge c, long now) {
    return job.state() instanceof JobState.AwaitingApproval
        ? JobDecision.already()
        : goesOn(job, c, now);
  }

  private static JobDecision goesOn(Job job, JobCommand.Judge c, long now) {
    List<JobEvent> events = new ArrayList<>(2);
    if (!c.grant().grantsAs(job.grant())) {
      events.add(judged(job, c, now));
    }
    if (job.state() instanceof JobState.Throttled) {
      events.add(new JobEvent.Queued(now, 0, "ADMITTED"));
    }
    return new JobDecision.Accepted(events);
  }

  private static JobEvent judged(Job job, JobCommand.Judge c, long now) {
    return new JobEvent.Judged(now, c.verdict(), c.grant().asRevision(job.grant().revision() + 1));
  }
}
