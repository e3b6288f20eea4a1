package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final Rig rig = new Rig();

  @Test
  void a_waiting_job_ends_at_its_deadline() {
    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(10)));

    rig.pass(Duration.ofSeconds(9));
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.job(Sketch.job("a")).state())
        .isEqualTo(new JobState.TimedOut("DEADLINE_EXCEEDED", "the job's deadline passed"));
    rig.audit();
  }

  @Test
  void a_running_job_ends_at_its_deadline_and_its_worker_is_told() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(10)));

    rig.pass(Duration.ofSeconds(10));

    assertThat(worker.cancelled).containsExactly(new Worker.Cancel(worker.last(), "TIMED_OUT"));
  }

  @Test
  void a_deadline_in_the_past_is_never_dispatched() {
    Worker worker = rig.worker("w1", 1);
    rig.pass(Duration.ofSeconds(10));

    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(5)));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.TIMED_OUT);
    assertThat(worker.jobIds()).isEmpty();
  }

  @Test
  void a_run_ends_at_its_timeout_counted_from_its_own_start() {
    rig.submit(Sketch.job("a").runTimeout(Duration.ofSeconds(5)));
    rig.pass(Duration.ofSeconds(60));
    Worker worker = rig.worker("w1", 1);

    rig.pass(Duration.ofSeconds(4));
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.EXECUTING);
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.job(Sketch.job("a")).state()).isInstanceOf(JobState.TimedOut.class);
    assertThat(((JobState.TimedOut) rig.job(Sketch.job("a")).state()).code())
        .isEqualTo("RUN_TIMEOUT");
    assertThat(worker.cancelled).hasSize(1);
  }

  @Test
  void an_approval_that_nobody_gives_expires() {
    rig.submit(Sketch.job("a").heldUntil(Duration.ofSeconds(10)));

    rig.pass(Duration.ofSeconds(10));

    assertThat(rig.job(Sketch.job("a")).state())
        .isEqualTo(new JobState.Denied("APPROVAL_EXPIRED", "nobody approved it in time"));
  }

  @Test
  void an_approval_in_time_lets_the_job_go_on() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a").heldUntil(Duration.ofSeconds(10)));

    Reply<Job> approved = rig.ask(Sketch.job("a"), new JobCommand.Approve("bob", "fine"));
    rig.settle();
    rig.pass(Duration.ofSeconds(20));

    assertThat(approved.outcome().state().name()).isEqualTo(StateName.QUEUED);
    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void a_rejected_job_is_denied() {
    rig.submit(Sketch.job("a").held());

    rig.ask(Sketch.job("a"), new JobCommand.Reject("bob", "no"));
    rig.settle();

    assertThat(rig.job(Sketch.job("a")).state())
        .isEqualTo(new JobState.Denied("APPROVAL_REJECTED", "no"));
  }

  @Test
  void many_deadlines_at_once_all_fire() {
    for (int i = 0; i < 500; i++) {
      rig.offer(Sketch.job("job-" + i).deadline(Duration.ofSeconds(10)));
    }
    rig.settle();

    rig.pass(Duration.ofSeconds(10));

    for (int i = 0; i < 500; i++) {
      assertThat(rig.state(Sketch.job("job-" + i))).isEqualTo(StateName.TIMED_OUT);
    }
    rig.audit();
  }

  @Test
  void deadlines_that_passed_while_nothing_ran_fire_at_the_start() {
    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(10)));
    rig.clock.advance(Duration.ofHours(1));

    rig.restart();
    rig.settle();

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.TIMED_OUT);
  }

  @Test
  void time_stamps_never_go_back_with_the_wall_clock() {
    Job first = rig.submit(Sketch.job("a"));
    rig.clock.shiftWall(Duration.ofHours(-1));

    Job second = rig.submit(Sketch.job("b"));

    assertThat(second.updatedAtMicros()).isEqualTo(first.updatedAtMicros());
  }
}
