package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.job.StateName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private final Rig rig = new Rig();

  @Test
  void old_finished_jobs_are_removed_and_others_stay() {
    finish("old");
    rig.submit(Sketch.job("unfinished"));
    rig.pass(Duration.ofHours(2));
    finish("young");

    Reply<Integer> removed = remove(Duration.ofHours(1), 100);

    assertThat(removed.outcome()).isEqualTo(1);
    assertThat(rig.writer.table().find(Sketch.job("old").key())).isEmpty();
    assertThat(rig.state(Sketch.job("young"))).isEqualTo(StateName.CANCELLED);
    assertThat(rig.state(Sketch.job("unfinished"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void the_id_of_a_removed_job_is_free() {
    finish("mine");
    remove(Duration.ofHours(1), 100);

    rig.submit(Sketch.job("mine").given());

    assertThat(rig.state(Sketch.job("mine"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_removal_without_an_answer_of_the_store_is_refused_like_any_call() {
    finish("old");
    rig.log.failCommit(Fault.LOST);
    rig.offer(Sketch.job("lost"));

    Reply<Integer> removed = remove(Duration.ofHours(1), 100);

    assertThat(removed.problem().reason()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.submit(Sketch.job("a")).state().name()).isEqualTo(StateName.QUEUED);
  }

  private void finish(String id) {
    rig.submit(Sketch.job(id).given());
    rig.cancel(Sketch.job(id));
    rig.settle();
  }

  private Reply<Integer> remove(Duration endedBefore, int limit) {
    Reply<Integer> reply = new Reply<>();
    rig.writer.offer(new LogCommand.RemoveFinished(Sketch.micros(endedBefore), limit, reply));
    rig.settle();
    return reply;
  }
}
