package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.Job;
import dev.reeve.job.StateName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiskFullTest {
  private final Rig rig = new Rig();

  @Test
  void only_what_ends_jobs_goes_through() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("running"));
    rig.submit(Sketch.job("waiting"));
    fillDisk(100);

    Reply<SubmitOutcome> submit = rig.offer(Sketch.job("new"));
    Reply<Job> cancel = rig.cancel(Sketch.job("waiting"));
    Reply<Job> finish = rig.complete(worker.only().dispatch(), "done");
    rig.settle();

    assertThat(submit.problem().reason()).isEqualTo("STORE_FULL");
    assertThat(submit.problem().retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(cancel.outcome().state().name()).isEqualTo(StateName.CANCELLED);
    assertThat(finish.outcome().state().name()).isEqualTo(StateName.COMPLETED);
    rig.audit();
  }

  @Test
  void nothing_is_dispatched_and_deadlines_still_end_jobs() {
    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(10)));
    rig.submit(Sketch.job("b"));
    fillDisk(100);

    Worker worker = rig.worker("w1", 5);
    rig.pass(Duration.ofSeconds(10));

    assertThat(worker.jobIds()).isEmpty();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.TIMED_OUT);
  }

  @Test
  void it_recovers_without_a_restart() {
    rig.submit(Sketch.job("waiting"));
    fillDisk(100);
    Worker worker = rig.worker("w1", 5);

    rig.log.makeRoom();
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.writer.health()).isEqualTo(WriterHealth.OK);
    assertThat(worker.jobIds()).containsExactly("waiting");
    rig.submit(Sketch.job("new"));
    assertThat(worker.jobIds()).endsWith("new");
    rig.audit();
  }

  @Test
  void when_the_reserve_is_used_up_too_the_store_is_tried_at_a_slow_pace() {
    rig.submit(Sketch.job("a").deadline(Duration.ofSeconds(10)));
    fillDisk(0);
    rig.pass(Duration.ofSeconds(10));
    long failed = rig.writer.metrics().failedCommits.sum();

    for (int i = 0; i < 100; i++) {
      rig.pass(Duration.ofMillis(10));
    }

    assertThat(rig.writer.metrics().failedCommits.sum() - failed).isLessThanOrEqualTo(6);
    rig.log.makeRoom();
    rig.pass(Duration.ofSeconds(1));
    rig.pass(Duration.ofSeconds(1));
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.TIMED_OUT);
    rig.audit();
  }

  @Test
  void a_worker_may_come_and_go_on_a_full_disk() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    fillDisk(0);

    rig.writer.offer(new LogCommand.Detach(worker, true));
    Worker other = rig.worker("w2", 1);
    rig.settle();
    rig.log.makeRoom();
    rig.pass(Duration.ofSeconds(1));

    assertThat(other.jobIds()).containsExactly("a");
  }

  private void fillDisk(int commitsInReserve) {
    rig.log.fill(commitsInReserve);
    Reply<SubmitOutcome> first = rig.offer(Sketch.job("first-refused").route("job.nowhere"));
    rig.settle();
    assertThat(first.problem().reason()).isEqualTo("STORE_FULL");
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STORE_FULL);
  }
}
