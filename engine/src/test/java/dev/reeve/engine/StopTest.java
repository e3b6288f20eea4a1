package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.job.Job;
import dev.reeve.job.StateName;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
  private final Rig rig = new Rig();

  @Test
  void a_writer_that_lost_its_log_never_writes_again() {
    rig.submit(Sketch.job("a"));
    rig.store.open();

    Reply<SubmitOutcome> first = rig.offer(Sketch.job("b"));
    rig.settle();
    Reply<SubmitOutcome> second = rig.offer(Sketch.job("c"));
    rig.pass(Duration.ofHours(1));

    assertThat(first.problem().reason()).isEqualTo("OWNERSHIP_LOST");
    assertThat(second.problem().reason()).isEqualTo("OWNERSHIP_LOST");
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STOPPED);
  }

  @Test
  void commands_that_waited_when_it_stopped_are_refused() {
    rig.log.failCommit(Fault.OWNERSHIP_LOST);
    for (int i = 0; i < Writer.GROUP_COMMANDS_MAX; i++) {
      rig.offer(Sketch.job("job-" + i));
    }
    Reply<SubmitOutcome> waiting = rig.offer(Sketch.job("next-group"));
    Reply<List<Job>> worker = rig.attach(new Worker("w1"), List.of(), Sketch.ROUTE);

    rig.group();
    rig.group();

    assertThat(waiting.problem().reason()).isEqualTo("OWNERSHIP_LOST");
    assertThat(worker.problem().reason()).isEqualTo("OWNERSHIP_LOST");
  }

  @Test
  void who_waits_for_an_undecided_commit_is_told_that_nobody_knows() {
    rig.log.failCommit(Fault.UNDECIDED);
    Reply<SubmitOutcome> undecided = rig.offer(Sketch.job("a"));
    rig.group();
    rig.store.open();

    rig.settle();

    assertThat(undecided.problem().reason()).isEqualTo("COMMIT_UNKNOWN");
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STOPPED);
  }

  @Test
  void a_takeover_while_the_store_was_down_stops_the_writer() {
    rig.log.failCommit(Fault.LOST);
    rig.log.failReopens(1);
    rig.offer(Sketch.job("a"));
    rig.group();
    rig.store.open();

    rig.pass(Duration.ofSeconds(1));
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STOPPED);
  }

  @Test
  void a_new_owner_goes_on_with_what_was_committed() {
    rig.submit(Sketch.job("a"));
    rig.restart();

    rig.submit(Sketch.job("b"));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
    assertThat(rig.job(Sketch.job("b")).jobNo()).isEqualTo(2);
  }

  @Test
  void after_close_commands_are_refused_and_earlier_ones_still_decided() {
    Reply<SubmitOutcome> before = rig.offer(Sketch.job("a"));
    rig.writer.close();

    Reply<SubmitOutcome> after = rig.offer(Sketch.job("b"));
    rig.settle();

    assertThat(before.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(after.problem().reason()).isEqualTo("SHUTTING_DOWN");
  }

  @Test
  void a_command_that_meets_a_defect_hurts_nobody_else() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("running"));
    Reply<SubmitOutcome> before = rig.offer(Sketch.job("a"));
    Reply<Boolean> poison = new Reply<>();
    rig.writer.offer(new LogCommand.Look(StopTest::fail, poison));
    Reply<Job> after = rig.complete(worker.last(), "done");

    rig.settle();

    assertThat(poison.problem().reason()).isEqualTo("COMMAND_DEFECT");
    assertThat(before.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(after.outcome().state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(rig.writer.health()).isEqualTo(WriterHealth.OK);
    rig.audit();
  }

  @Test
  void a_defect_found_while_a_group_is_encoded_hurts_nobody_else() {
    Reply<Boolean> poison = new Reply<>();
    rig.writer.offer(
        new LogCommand.Note(
            List.of(Receipt.of("action:test", "allow").withSubject("\ud800", "", "")), poison));
    Reply<SubmitOutcome> after = rig.offer(Sketch.job("b"));

    rig.settle();

    assertThat(poison.problem().reason()).isEqualTo("COMMAND_DEFECT");
    assertThat(after.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    rig.audit();
  }

  private static void fail(WriterView view) {
    throw new IllegalStateException("defect with " + view.unfinished() + " unfinished jobs");
  }
}
