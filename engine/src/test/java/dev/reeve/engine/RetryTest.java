package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.DispatchId;
import dev.reeve.job.JobCommand;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.StateName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final Rig rig = new Rig();

  @Test
  void a_failed_attempt_is_made_again_after_its_delay_and_not_before() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a").retry(new RetryPolicy(3, 1_000_000, 30_000_000)));

    rig.fail(worker.last(), true);
    rig.settle();
    rig.pass(Duration.ofMillis(999));
    assertThat(worker.jobIds()).hasSize(1);
    rig.pass(Duration.ofMillis(1));

    assertThat(worker.jobIds()).hasSize(2);
    assertThat(worker.last().attempt()).isEqualTo(2);
    rig.audit();
  }

  @Test
  void a_job_that_used_up_its_attempts_is_a_dead_letter() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a").retry(new RetryPolicy(2, 0, 0)));

    rig.fail(worker.last(), true);
    rig.settle();
    rig.fail(worker.last(), true);
    rig.settle();

    assertThat(rig.failure(Sketch.job("a")).code()).isEqualTo("BROKEN");
    assertThat(rig.failure(Sketch.job("a")).deadLetter()).isTrue();
    assertThat(worker.jobIds()).hasSize(2);
  }

  @Test
  void a_failure_for_good_is_not_tried_again() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a"));

    rig.fail(worker.last(), false);
    rig.settle();

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.FAILED);
    assertThat(rig.failure(Sketch.job("a")).deadLetter()).isFalse();
  }

  @Test
  void the_executor_may_ask_for_a_longer_wait() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a"));
    DispatchId first = worker.last();

    rig.ask(first, new JobCommand.Fail(first, "BUSY", "later", true, 20_000_000, 0));
    rig.settle();
    rig.pass(Duration.ofSeconds(19));
    assertThat(worker.jobIds()).hasSize(1);
    rig.pass(Duration.ofSeconds(1));

    assertThat(worker.jobIds()).hasSize(2);
  }

  @Test
  void a_delay_goes_on_after_a_restart() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a").retry(new RetryPolicy(3, 10_000_000, 30_000_000)));
    rig.fail(worker.last(), true);
    rig.settle();

    rig.pass(Duration.ofSeconds(5));
    rig.restart();
    Worker again = rig.worker("w1", 10);
    assertThat(again.jobIds()).isEmpty();
    rig.pass(Duration.ofSeconds(5));

    assertThat(again.last()).isEqualTo(new DispatchId(2, 1, 2));
  }

  @Test
  void a_job_may_be_cancelled_while_it_waits_for_its_retry() {
    Worker worker = rig.worker("w1", 10);
    rig.submit(Sketch.job("a"));
    rig.fail(worker.last(), true);
    rig.settle();

    rig.cancel(Sketch.job("a"));
    rig.settle();
    rig.pass(Duration.ofMinutes(1));

    assertThat(worker.jobIds()).hasSize(1);
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.CANCELLED);
    rig.audit();
  }
}
