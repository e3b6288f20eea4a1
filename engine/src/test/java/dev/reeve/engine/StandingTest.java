package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.Grant;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.StateName;
import dev.reeve.job.Verdict;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs that were admitted under rules that have changed since.
final class StandingTest {
  private final Rig rig = new Rig();
  private final Sketch sketch = Sketch.job("j1");

  @BeforeEach
  void policy_is_asked_again() {
    rig.asksAgain = true;
  }

  private Reply<Boolean> judge(long jobNo, Verdict.Decision decision, long settled) {
    Verdict verdict = new Verdict(decision, "r", "because", "cfg:2");
    long retryAt = rig.job(sketch).updatedAtMicros() + 5_000_000;
    LogCommand.Judge.Judged judged =
        new LogCommand.Judge.Judged(
            jobNo,
            Optional.of(new JobCommand.Judge(verdict, Grant.NONE, retryAt, 0)),
            Receipt.of("action:job:reconsider", "judge"));
    Reply<Boolean> reply = new Reply<>();
    rig.writer.offer(new LogCommand.Judge(rig.generation, List.of(judged), settled, reply));
    rig.settle();
    return reply;
  }

  @Test
  void a_job_of_older_rules_is_asked_about_before_it_starts() {
    Job job = rig.submit(sketch);
    rig.generation++;
    Worker worker = rig.worker("w1", 1);

    assertThat(rig.asked).containsExactly(job.jobNo());
    assertThat(rig.state(sketch)).isEqualTo(StateName.QUEUED);

    judge(job.jobNo(), Verdict.Decision.ALLOW, 0);

    assertThat(rig.state(sketch)).isEqualTo(StateName.EXECUTING);
    assertThat(worker.assigned).hasSize(1);
    rig.audit();
  }

  @Test
  void a_mark_settles_all_jobs_up_to_a_number() {
    Job job = rig.submit(sketch);
    rig.generation++;
    rig.settle();
    judge(job.jobNo(), Verdict.Decision.ALLOW, job.jobNo());
    rig.worker("w1", 1);

    assertThat(rig.asked).isEmpty();
    assertThat(rig.state(sketch)).isEqualTo(StateName.EXECUTING);
  }

  @Test
  void an_answer_of_older_rules_changes_nothing() {
    Job job = rig.submit(sketch);
    rig.generation++;
    rig.settle();
    Reply<Boolean> reply = new Reply<>();
    rig.writer.offer(new LogCommand.Judge(rig.generation - 1, List.of(), job.jobNo(), reply));
    rig.worker("w1", 1);

    assertThat(reply.problem().code()).isEqualTo(EngineProblems.PERMIT_STALE);
    assertThat(rig.state(sketch)).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_throttled_job_is_asked_about_each_time_before_it_starts() {
    Job job = rig.submit(sketch);
    rig.generation++;
    rig.settle();
    judge(job.jobNo(), Verdict.Decision.THROTTLE, job.jobNo());
    rig.worker("w1", 1);
    assertThat(rig.state(sketch)).isEqualTo(StateName.THROTTLED);

    rig.pass(Duration.ofSeconds(6));

    assertThat(rig.state(sketch)).isEqualTo(StateName.QUEUED);
    assertThat(rig.asked).containsExactly(job.jobNo());

    judge(job.jobNo(), Verdict.Decision.ALLOW, 0);

    assertThat(rig.state(sketch)).isEqualTo(StateName.EXECUTING);
  }

  @Test
  void a_running_job_that_is_denied_is_cancelled_and_one_that_needs_a_person_runs_on() {
    rig.worker("w1", 1);
    Job job = rig.submit(sketch);
    rig.generation++;
    rig.settle();

    judge(job.jobNo(), Verdict.Decision.REQUIRE_APPROVAL, job.jobNo());
    assertThat(rig.state(sketch)).isEqualTo(StateName.EXECUTING);

    judge(job.jobNo(), Verdict.Decision.DENY, job.jobNo());
    assertThat(rig.state(sketch)).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void after_a_start_every_job_is_in_doubt() {
    Job job = rig.submit(sketch);
    rig.restart();
    rig.worker("w1", 1);

    assertThat(rig.asked).containsExactly(job.jobNo());
    assertThat(rig.state(sketch)).isEqualTo(StateName.QUEUED);
  }
}
