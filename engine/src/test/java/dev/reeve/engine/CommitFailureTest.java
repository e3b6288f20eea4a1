package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommitFailureTest {
  private final Rig rig = new Rig();

  @Test
  void a_lost_commit_did_not_happen_for_anybody() {
    Worker worker = rig.worker("w1", 5);
    rig.log.failCommit(Fault.LOST);

    Reply<SubmitOutcome> submitted = rig.offer(Sketch.job("a").idempotent("key", "request"));
    rig.settle();

    Problem problem = submitted.problem();
    assertThat(problem.reason()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(worker.jobIds()).isEmpty();
    assertThat(rig.writer.table().find(Sketch.job("a").key())).isEmpty();
    rig.audit();
  }

  @Test
  void what_was_refused_may_be_tried_again() {
    Worker worker = rig.worker("w1", 1);
    rig.log.failCommit(Fault.LOST);
    rig.offer(Sketch.job("a").given().idempotent("key", "request"));
    rig.settle();

    Job job = rig.submit(Sketch.job("a").given().idempotent("key", "request"));

    assertThat(job.jobNo()).isEqualTo(1);
    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void an_undecided_commit_that_happened_is_answered_as_such() {
    Worker worker = rig.worker("w1", 5);
    rig.log.failCommit(Fault.UNDECIDED);

    Reply<SubmitOutcome> submitted = rig.offer(Sketch.job("a"));
    rig.settle();

    assertThat(submitted.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
    assertThat(worker.jobIds()).containsExactly("a");
    assertThat(rig.eventNames(Sketch.job("a"))).containsExactly("Queued", "Dispatched");
    rig.audit();
  }

  @Test
  void nobody_is_answered_while_nobody_knows() {
    rig.log.failCommit(Fault.UNDECIDED);
    rig.log.failReopens(3);
    Reply<SubmitOutcome> submitted = rig.offer(Sketch.job("a"));

    rig.settle();
    assertThat(submitted.isAnswered()).isFalse();
    assertThat(rig.writer.table().find(Sketch.job("a").key())).isEmpty();
    for (int i = 0; i < 4; i++) {
      rig.pass(Duration.ofMillis(200));
    }

    assertThat(submitted.outcome()).isInstanceOf(SubmitOutcome.Admitted.class);
  }

  @Test
  void while_the_store_is_down_calls_are_refused_at_once_and_reads_go_on() {
    rig.submit(Sketch.job("a"));
    rig.log.failCommit(Fault.LOST);
    rig.log.failReopens(1);
    rig.offer(Sketch.job("b"));
    rig.settle();

    Reply<SubmitOutcome> refused = rig.offer(Sketch.job("c"));

    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STORE_DOWN);
    assertThat(refused.problem().reason()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
    rig.pass(Duration.ofMillis(200));
    assertThat(rig.writer.health()).isEqualTo(WriterHealth.OK);
    assertThat(rig.submit(Sketch.job("d")).state().name()).isEqualTo(StateName.QUEUED);
  }

  @Test
  void the_store_is_not_asked_again_and_again_without_a_pause() {
    rig.log.failCommit(Fault.LOST);
    rig.log.failReopens(2);
    rig.offer(Sketch.job("a"));

    rig.settle();
    rig.pass(Duration.ofMillis(199));
    rig.pass(Duration.ofMillis(1));
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STORE_DOWN);
    rig.pass(Duration.ofMillis(200));

    assertThat(rig.writer.health()).isEqualTo(WriterHealth.OK);
  }

  @Test
  void a_lookup_without_an_answer_refuses_its_commands_once_each() {
    rig.log.failLookups(1);
    Reply<SubmitOutcome> one = rig.offer(Sketch.job("a").given());
    Reply<Job> two = rig.cancel(Sketch.job("unknown"));

    rig.settle();

    assertThat(one.problem().reason()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(two.problem().reason()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.submit(Sketch.job("a").given()).state().name()).isEqualTo(StateName.QUEUED);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everybody_is_answered_exactly_once_whatever_happens(Fault fault) {
    Worker worker = rig.worker("w1", 3);
    for (String id : new String[] {"running", "cancelled", "failing"}) {
      rig.submit(Sketch.job(id));
    }
    rig.submit(Sketch.job("child").after("running"));
    rig.submit(Sketch.job("held").held());
    rig.log.failCommit(fault);

    List<Reply<?>> replies = new ArrayList<>();
    replies.add(rig.offer(Sketch.job("new")));
    replies.add(rig.offer(Sketch.job("denied").denied()));
    replies.add(rig.offer(Sketch.job("taken").given().after("nobody")));
    replies.add(rig.complete(worker.assigned.get(0).dispatch(), "done"));
    replies.add(rig.cancel(Sketch.job("cancelled")));
    replies.add(rig.fail(worker.assigned.get(2).dispatch(), true));
    replies.add(rig.ask(Sketch.job("held"), new JobCommand.Approve("bob", "")));
    replies.add(rig.cancel(Sketch.job("unknown")));
    rig.settle();
    rig.pass(Duration.ofSeconds(1));

    assertThat(replies).allSatisfy(reply -> assertThat(reply.isAnswered()).isTrue());
    replies.forEach(CommitFailureTest::answeredOnce);
  }

  private static void answeredOnce(Reply<?> reply) {
    assertThat(reply.times()).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST", "DISK_FULL", "UNDECIDED"})
  void memory_equals_what_is_stored_after_a_failure(Fault fault) {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("running"));
    rig.submit(Sketch.job("child").after("running"));
    rig.submit(Sketch.job("deadline").deadline(Duration.ofSeconds(30)).route("job.other"));
    rig.log.failCommit(fault);

    rig.complete(worker.only().dispatch(), "done");
    rig.offer(Sketch.job("new").group("g"));
    rig.cancel(Sketch.job("deadline"));
    rig.settle();
    rig.pass(Duration.ofSeconds(2));

    rig.audit();
    boolean happened = fault == Fault.UNDECIDED;
    assertThat(rig.state(Sketch.job("running")))
        .isEqualTo(happened ? StateName.COMPLETED : StateName.EXECUTING);
    Job child = rig.job(Sketch.job("child"));
    Job deadline = rig.job(Sketch.job("deadline"));
    rig.restart();
    rig.settle();
    assertThat(rig.job(Sketch.job("child"))).isEqualTo(child);
    if (!happened) {
      assertThat(rig.job(Sketch.job("deadline"))).isEqualTo(deadline);
    }
  }

  @Test
  void credit_and_payload_of_a_dispatch_that_did_not_happen_come_back() {
    Worker worker = rig.worker("w1", 1);
    rig.log.failCommit(Fault.LOST);
    rig.offer(Sketch.job("lost"));
    rig.settle();

    rig.submit(Sketch.job("a"));

    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void credit_that_is_granted_while_the_store_is_down_is_not_lost() {
    Worker worker = rig.worker("w1", 0);
    rig.submit(Sketch.job("a"));
    storeGoesDown();

    rig.grant(worker, 1);
    rig.settle();
    rig.pass(Duration.ofMillis(200));

    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void a_goodbye_while_the_store_is_down_is_not_lost() {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));
    storeGoesDown();

    rig.writer.offer(new LogCommand.Detach(worker, true));
    rig.settle();
    rig.pass(Duration.ofMillis(200));
    rig.submit(Sketch.job("b"));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void a_goodbye_in_the_group_that_fails_is_not_lost() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.log.failCommit(Fault.LOST);

    rig.writer.offer(new LogCommand.Detach(worker, true));
    rig.settle();

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
    rig.audit();
  }

  @Test
  void a_worker_that_comes_while_the_store_is_down_is_answered_when_it_is_back() {
    Worker before = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    storeGoesDown();

    Worker back = new Worker("w1");
    Reply<List<Job>> kept = rig.attach(back, List.of(before.last()), Sketch.ROUTE);
    rig.settle();
    assertThat(kept.isAnswered()).isFalse();
    rig.pass(Duration.ofMillis(200));

    assertThat(kept.outcome()).hasSize(1);
  }

  @Test
  void leases_do_not_end_because_the_store_was_down() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.log.failReopens(1_000);
    storeGoesDown();

    for (int i = 0; i < 20; i++) {
      rig.writer.offer(new LogCommand.Renew(worker));
      rig.pass(Duration.ofSeconds(10));
    }
    rig.log.failReopens(0);
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.writer.health()).isEqualTo(WriterHealth.OK);
    assertThat(rig.job(Sketch.job("a")).interruptions()).isZero();
  }

  @Test
  void work_of_built_in_executors_is_queued_again_though_the_first_commit_fails() {
    rig.worker("builtin:echo", 1);
    rig.submit(Sketch.job("a"));
    rig.restart();
    rig.log.failCommit(Fault.LOST);

    rig.settle();
    rig.pass(Duration.ofSeconds(1));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_payload_that_was_read_before_a_failed_commit_is_handed_over_after_it() {
    rig.submit(Sketch.job("a"));
    rig.restart();
    Worker worker = new Worker("w1");
    rig.attach(worker, List.of(), Sketch.ROUTE);
    rig.grant(worker, 1);
    rig.writer.drain();
    rig.delivery.forEach(Runnable::run);
    rig.delivery.clear();
    rig.loading.forEach(Runnable::run);
    rig.loading.clear();

    rig.log.failCommit(Fault.LOST);
    rig.offer(Sketch.job("b"));
    rig.settle();

    assertThat(worker.jobIds()).containsExactly("a");
  }

  private void storeGoesDown() {
    rig.log.failCommit(Fault.LOST);
    rig.log.failReopens(1);
    rig.offer(Sketch.job("lost").route("job.nowhere"));
    rig.settle();
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STORE_DOWN);
  }
}
