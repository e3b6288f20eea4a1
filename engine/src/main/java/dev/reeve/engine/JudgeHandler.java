package dev.reeve.engine;

import dev.reeve.base.Problem;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.job.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out what policy says of jobs that were there before the rules changed. Writer's thread
/// only.
final class JudgeHandler {
  private static final Logger log = LoggerFactory.getLogger(JudgeHandler.class);

  private final LogState state;
  private final Follower follower;
  private final WriterPorts.Generation generation;

  JudgeHandler(LogState state, Follower follower, WriterPorts.Generation generation) {
    this.state = state;
    this.follower = follower;
    this.generation = generation;
  }

  void handle(Group group, LogCommand.Judge command) {
    if (command.generation() != generation.current()
        || command.generation() != state.standing.generation()) {
      Problem problem =
          EngineProblems.PERMIT_STALE
              .because("the rules changed while the jobs were decided again")
              .withRetryAfter(Duration.ofMillis(10));
      group.tell(() -> command.answer().refused(problem), command.answer()::refused);
      return;
    }
    for (LogCommand.Judge.Judged judged : command.jobs()) {
      Job job = follower.find(group, judged.jobNo());
      if (job != null && !job.isFinished()) {
        judge(group, job, judged);
      }
    }
    state.standing.settled(group, command.settledJobNo());
    group.tell(command.answer(), true);
  }

  private void judge(Group group, Job before, LogCommand.Judge.Judged judged) {
    if (judged.command().isEmpty()) {
      state.standing.answered(group, before.jobNo(), false);
      return;
    }
    Optional<Problem> refused = follower.carryOut(group, before, judged.command().get(), false);
    if (refused.isPresent()) {
      log.error("not judged job_no={} {}", before.jobNo(), refused.get().message());
      return;
    }
    Job after = group.current(before);
    if (!after.equals(before)) {
      group.receipt(judged.receipt(), after.jobNo());
    }
    Verdict.Decision said = judged.command().get().verdict().decision();
    boolean left =
        said == Verdict.Decision.THROTTLE
            || (said == Verdict.Decision.REQUIRE_APPROVAL
                && after.state() instanceof JobState.Executing);
    state.standing.answered(group, after.jobNo(), left && !after.isFinished());
  }
}
