package dev.reeve.simulation;

import dev.reeve.job.Grant;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.Verdict;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/// The policy of a history. It changes now and then; what each generation says of a job is fixed by
/// its name, so that it can be asked again.
final class SimRules {
  private static final long THROTTLED_MICROS = Duration.ofSeconds(5).toNanos() / 1_000;

  private final Set<Long> recent = new LinkedHashSet<>();
  private long generation;
  private long calmFrom = Long.MAX_VALUE;

  SimRules() {
    recent.add(0L);
  }

  long generation() {
    return generation;
  }

  void change() {
    generation++;
    recent.add(generation);
  }

  /// Permits everything from now on.
  void calm() {
    change();
    calmFrom = generation;
  }

  /// What was committed so far has been looked at.
  void lookedAt() {
    recent.clear();
    recent.add(generation);
  }

  Verdict decide(JobKey key) {
    return decide(key, generation);
  }

  private Verdict decide(JobKey key, long at) {
    Verdict.Decision decision = decision(key, at);
    return new Verdict(decision, "rule-" + decision, "because", "cfg:" + at);
  }

  private Verdict.Decision decision(JobKey key, long at) {
    if (at >= calmFrom) {
      return Verdict.Decision.ALLOW;
    }
    return switch (Math.floorMod(((key + " " + at).hashCode() * 31) >> 4, 12)) {
      case 0 -> Verdict.Decision.DENY;
      case 1, 2 -> Verdict.Decision.REQUIRE_APPROVAL;
      case 3 -> at == 0 ? Verdict.Decision.ALLOW : Verdict.Decision.THROTTLE;
      default -> Verdict.Decision.ALLOW;
    };
  }

  JobCommand.Judge judge(JobKey key, long nowMicros) {
    return new JobCommand.Judge(decide(key), grant(key), nowMicros + THROTTLED_MICROS, 0);
  }

  /// Some jobs need two persons.
  Grant grant(JobKey key) {
    boolean two =
        decide(key).decision() == Verdict.Decision.REQUIRE_APPROVAL
            && Math.floorMod(key.hashCode(), 3) == 0;
    return two ? new Grant(0, 0, 0, 0, 2, "", 0) : Grant.NONE;
  }

  /// Every start was permitted by rules that were in force when it was committed, or approved under
  /// the rule that asks for it.
  ///
  /// @param known how many events of the job have been looked at before
  void checkStarts(StoredLife life, int known) {
    boolean approved = false;
    int index = 0;
    for (JobEvent event : life.events()) {
      approved |= event instanceof JobEvent.ApprovalGiven given && given.remaining() == 0;
      approved &= !(event instanceof JobEvent.Held);
      if (index++ >= known && event instanceof JobEvent.Dispatched) {
        boolean wasApproved = approved;
        Job job = life.job();
        Promise.holds(
            recent.stream().anyMatch(at -> permits(job.key(), at, wasApproved)),
            "job %s: started, and no rules of %s permit it",
            job.jobNo(),
            recent);
      }
    }
  }

  private boolean permits(JobKey key, long at, boolean approved) {
    return switch (decision(key, at)) {
      case ALLOW -> true;
      case REQUIRE_APPROVAL -> approved;
      case DENY, THROTTLE -> false;
    };
  }
}
