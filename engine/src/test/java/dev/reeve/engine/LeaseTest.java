package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LEASE = EngineLimits.DEFAULT.lease();
  private static final Duration A_BIT = Duration.ofMillis(300);

  private final Rig rig = new Rig();

  @Test
  void jobs_of_a_worker_that_vanished_go_to_others_after_the_lease() {
    Worker gone = rig.worker("gone", 1);
    rig.submit(Sketch.job("a"));
    rig.writer.offer(new LogCommand.Detach(gone, false));
    Worker other = rig.worker("other", 1);

    rig.pass(LEASE.minusSeconds(1));
    assertThat(other.jobIds()).isEmpty();
    rig.writer.offer(new LogCommand.Renew(other));
    rig.pass(Duration.ofSeconds(1).plus(A_BIT));

    assertThat(other.only().dispatch().attempt()).isEqualTo(2);
    assertThat(rig.job(Sketch.job("a")).failures()).isZero();
    assertThat(rig.job(Sketch.job("a")).interruptions()).isEqualTo(1);
    rig.audit();
  }

  @Test
  void a_worker_that_hangs_with_an_open_connection_loses_its_jobs_and_gets_no_others() {
    Worker hung = rig.worker("hung", 100);
    rig.submit(Sketch.job("a"));

    rig.pass(LEASE.plus(A_BIT));
    for (int i = 0; i < 100; i++) {
      rig.pass(Duration.ofSeconds(1));
    }

    assertThat(hung.jobIds()).hasSize(1);
    assertThat(hung.cancelled).containsExactly(new Worker.Cancel(hung.last(), "LEASE_EXPIRED"));
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);

    rig.writer.offer(new LogCommand.Renew(hung));
    rig.settle();
    assertThat(hung.jobIds()).hasSize(2);
  }

  @Test
  void signs_of_life_keep_the_lease() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));

    for (int i = 0; i < 10; i++) {
      rig.writer.offer(new LogCommand.Renew(worker));
      rig.pass(LEASE.dividedBy(2));
    }

    assertThat(rig.job(Sketch.job("a")).interruptions()).isZero();
  }

  @Test
  void reports_are_signs_of_life() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));

    for (int i = 0; i < 10; i++) {
      rig.progress(worker.last(), "RUN", i);
      rig.pass(LEASE.dividedBy(2));
    }

    assertThat(rig.job(Sketch.job("a")).interruptions()).isZero();
  }

  @Test
  void a_worker_that_comes_back_goes_on_with_what_it_names() {
    Worker before = rig.worker("w1", 2);
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("b"));
    DispatchId a = before.assigned.get(0).dispatch();
    DispatchId b = before.assigned.get(1).dispatch();
    rig.writer.offer(new LogCommand.Detach(before, false));
    rig.settle();

    Worker back = new Worker("w1");
    Reply<List<Job>> kept = rig.attach(back, List.of(a, new DispatchId(9, 9, 9)), Sketch.ROUTE);
    rig.settle();

    assertThat(kept.outcome()).extracting(job -> job.key().jobId()).containsExactly("a");
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.EXECUTING);
    assertThat(rig.state(Sketch.job("b"))).isEqualTo(StateName.QUEUED);
    assertThat(back.cancelled).containsExactly(new Worker.Cancel(b, "WORKER_GONE"));
    rig.complete(a, "done");
    rig.settle();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.COMPLETED);
    rig.audit();
  }

  @Test
  void a_worker_may_come_back_after_a_restart_of_the_server() {
    Worker before = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.restart();

    Worker back = new Worker("w1");
    Reply<List<Job>> kept = rig.attach(back, List.of(before.last()), Sketch.ROUTE);
    rig.settle();
    rig.complete(before.last(), "done");
    rig.settle();

    assertThat(kept.outcome()).hasSize(1);
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.COMPLETED);
  }

  @Test
  void a_worker_that_does_not_come_back_after_a_restart_loses_its_lease() {
    rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.clock.advance(Duration.ofHours(1));
    rig.restart();
    rig.settle();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.EXECUTING);

    rig.pass(LEASE.plus(A_BIT));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_second_session_of_a_worker_replaces_the_first() {
    Worker first = rig.worker("w1", 5);

    Worker second = new Worker("w1");
    rig.attach(second, List.of(), Sketch.ROUTE);
    rig.grant(second, 1);
    rig.grant(first, 5);
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("b"));

    assertThat(first.cancelled)
        .containsExactly(new Worker.Cancel(ExecutorSession.NO_DISPATCH, "REPLACED"));
    assertThat(first.jobIds()).isEmpty();
    assertThat(second.jobIds()).containsExactly("a");
  }

  @Test
  void the_goodbye_of_a_replaced_session_does_not_touch_its_successor() {
    Worker first = rig.worker("w1", 5);
    Worker second = new Worker("w1");
    rig.attach(second, List.of(), Sketch.ROUTE);
    rig.grant(second, 2);
    rig.submit(Sketch.job("a"));

    rig.writer.offer(new LogCommand.Detach(first, true));
    rig.submit(Sketch.job("b"));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.EXECUTING);
    assertThat(second.jobIds()).containsExactly("a", "b");
  }

  @Test
  void a_worker_that_stops_in_order_hands_its_jobs_back_at_once() {
    Worker stopping = rig.worker("w1", 1);
    Worker other = rig.worker("w2", 0);
    rig.submit(Sketch.job("a"));
    rig.grant(other, 1);

    rig.writer.offer(new LogCommand.Detach(stopping, true));
    rig.settle();

    assertThat(other.jobIds()).containsExactly("a");
    assertThat(rig.job(Sketch.job("a")).failures()).isZero();
  }

  @Test
  void a_result_that_arrives_with_the_goodbye_counts() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));

    Reply<Job> done = rig.complete(worker.last(), "done");
    rig.writer.offer(new LogCommand.Detach(worker, true));
    rig.group();

    assertThat(done.outcome().state().name()).isEqualTo(StateName.COMPLETED);
    rig.audit();
  }

  @Test
  void built_in_executors_need_no_sign_of_life() {
    rig.worker("builtin:echo", 1);
    rig.submit(Sketch.job("a"));

    rig.pass(LEASE.multipliedBy(3));

    assertThat(rig.job(Sketch.job("a")).interruptions()).isZero();
  }

  @Test
  void work_of_built_in_executors_is_queued_again_at_once_after_a_restart() {
    rig.worker("builtin:echo", 1);
    rig.submit(Sketch.job("a"));
    rig.restart();

    Worker again = rig.worker("builtin:echo", 1);

    assertThat(again.only().dispatch()).isEqualTo(new DispatchId(2, 1, 2));
    assertThat(rig.job(Sketch.job("a")).interruptions()).isEqualTo(1);
  }

  @Test
  void work_of_a_built_in_executor_that_is_gone_is_not_stuck() {
    Worker builtIn = rig.worker("builtin:echo", 1);
    rig.submit(Sketch.job("a"));
    rig.writer.offer(new LogCommand.Detach(builtIn, false));
    rig.settle();

    rig.pass(LEASE.plus(A_BIT));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void work_that_may_run_once_only_is_not_run_again() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a").atMostOnce());

    rig.writer.offer(new LogCommand.Detach(worker, true));
    rig.settle();

    assertThat(rig.failure(Sketch.job("a")).code()).isEqualTo("OUTCOME_UNKNOWN");
  }

  @Test
  void a_job_that_is_interrupted_again_and_again_ends() {
    rig.submit(Sketch.job("a"));
    for (int i = 0; i < 16; i++) {
      Worker worker = rig.worker("w" + i, 1);
      rig.writer.offer(new LogCommand.Detach(worker, true));
      rig.settle();
    }

    assertThat(rig.failure(Sketch.job("a")).code()).isEqualTo("INTERRUPTED_TOO_OFTEN");
  }

  @Test
  void leases_run_on_though_the_wall_clock_was_set_back() {
    Worker gone = rig.worker("gone", 1);
    rig.submit(Sketch.job("a"));
    rig.writer.offer(new LogCommand.Detach(gone, false));
    rig.settle();
    rig.clock.shiftWall(Duration.ofHours(-5));

    rig.pass(LEASE.plus(A_BIT));

    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_cancelled_job_is_taken_from_its_worker() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));

    rig.cancel(Sketch.job("a"));
    rig.settle();

    assertThat(worker.cancelled).containsExactly(new Worker.Cancel(worker.last(), "CANCELLED"));
  }
}
