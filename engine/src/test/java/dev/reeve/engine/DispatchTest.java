package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchTest {
  private final Rig rig = new Rig();

  @Test
  void while_governance_does_not_stand_nothing_starts_and_what_runs_goes_on() {
    Worker worker = rig.worker("w1", 2);
    rig.submit(Sketch.job("runs"));
    rig.heldBack = "GENOME_MISSING: no such file";
    rig.submit(Sketch.job("waits"));
    rig.complete(worker.only().dispatch(), "done");
    rig.settle();

    assertThat(rig.state(Sketch.job("runs"))).isEqualTo(StateName.COMPLETED);
    assertThat(rig.state(Sketch.job("waits"))).isEqualTo(StateName.QUEUED);

    rig.heldBack = "";
    rig.settle();

    assertThat(rig.state(Sketch.job("waits"))).isEqualTo(StateName.EXECUTING);
    rig.audit();
  }

  @Test
  void a_worker_never_gets_more_than_its_credit() {
    Worker worker = rig.worker("w1", 3);

    for (int i = 0; i < 10; i++) {
      rig.offer(Sketch.job("job-" + i));
    }
    rig.settle();
    assertThat(worker.jobIds()).hasSize(3);
    rig.grant(worker, 2);
    rig.settle();

    assertThat(worker.jobIds()).hasSize(5);
  }

  @Test
  void the_end_of_a_job_gives_no_credit_by_itself() {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("b"));

    rig.complete(worker.only().dispatch(), "done");
    rig.settle();

    assertThat(worker.jobIds()).hasSize(1);
  }

  @Test
  void workers_with_credit_take_turns() {
    Worker one = rig.worker("w1", 10);
    Worker two = rig.worker("w2", 10);

    for (int i = 0; i < 10; i++) {
      rig.offer(Sketch.job("job-" + i));
    }
    rig.settle();

    assertThat(one.jobIds()).hasSize(5);
    assertThat(two.jobIds()).hasSize(5);
  }

  @Test
  void workers_take_turns_also_when_jobs_come_one_by_one() {
    Worker one = rig.worker("w1", 10);
    Worker two = rig.worker("w2", 10);

    for (int i = 0; i < 10; i++) {
      rig.submit(Sketch.job("job-" + i));
    }

    assertThat(one.jobIds()).hasSize(5);
    assertThat(two.jobIds()).hasSize(5);
  }

  @Test
  void a_worker_gets_only_what_it_serves() {
    Worker worker = rig.worker("w1", 10, "job.mine", "job.too");

    rig.submit(Sketch.job("a").route("job.mine"));
    rig.submit(Sketch.job("b").route("job.theirs"));
    rig.submit(Sketch.job("c").route("job.too"));

    assertThat(worker.jobIds()).containsExactly("a", "c");
  }

  @Test
  void credit_is_shared_by_the_routes_of_a_worker() {
    Worker worker = rig.worker("w1", 1, "job.mine", "job.too");

    rig.submit(Sketch.job("a").route("job.mine"));
    rig.submit(Sketch.job("b").route("job.too"));

    assertThat(worker.jobIds()).containsExactly("a");
  }

  @Test
  void a_job_waits_for_a_worker_that_comes_later() {
    rig.submit(Sketch.job("a").payload(Bytes.utf8("later")));
    rig.restart();

    Worker worker = rig.worker("w1", 1);

    assertThat(worker.only().payload()).isEqualTo(Bytes.utf8("later"));
    assertThat(worker.only().admission().spec().key()).isEqualTo(Sketch.job("a").key());
  }

  @Test
  void a_busy_route_does_not_starve_another() {
    Worker busy = rig.worker("w1", 100_000, "job.busy");
    Worker quiet = rig.worker("w2", 10, "job.quiet");
    for (int i = 0; i < 300; i++) {
      rig.offer(Sketch.job("busy-" + i).route("job.busy"));
    }
    rig.offer(Sketch.job("quiet").route("job.quiet"));
    rig.settle();

    assertThat(quiet.jobIds()).containsExactly("quiet");
    assertThat(busy.jobIds()).hasSize(300);
  }

  @Test
  void one_commit_dispatches_a_bounded_number() {
    for (int i = 0; i < 200; i++) {
      rig.offer(Sketch.job("job-" + i));
    }
    rig.settle();
    long before = rig.position();
    Worker worker = new Worker("w1");
    rig.attach(worker, List.of(), Sketch.ROUTE);
    rig.grant(worker, 1_000);

    rig.group();
    assertThat(worker.jobIds()).hasSizeBetween(1, 64);
    rig.settle();

    assertThat(worker.jobIds()).hasSize(200);
    assertThat(rig.position()).isGreaterThan(before + 2);
  }

  @Test
  void a_store_that_does_not_answer_delays_the_payload_and_ends_nothing() {
    rig.submit(Sketch.job("a"));
    rig.restart();
    rig.log.failReads(3);

    Worker worker = rig.worker("w1", 1);
    assertThat(worker.jobIds()).isEmpty();
    for (int i = 0; i < 5; i++) {
      rig.pass(Duration.ofSeconds(1));
    }

    assertThat(worker.only().dispatch().attempt()).isEqualTo(1);
    assertThat(rig.job(Sketch.job("a")).interruptions()).isZero();
  }

  @Test
  void what_may_run_once_only_does_not_count_as_run_while_its_payload_was_not_found() {
    rig.submit(Sketch.job("delayed").atMostOnce().route("job.delayed"));
    rig.submit(Sketch.job("lost").atMostOnce().route("job.lost"));
    rig.restart();
    rig.log.failReads(2);

    Worker worker = rig.worker("w1", 1, "job.delayed");
    rig.pass(Duration.ofSeconds(1));
    rig.pass(Duration.ofSeconds(1));
    rig.log.loseContent();
    rig.worker("w2", 1, "job.lost");

    assertThat(worker.only().dispatch().attempt()).isEqualTo(1);
    assertThat(rig.failure(Sketch.job("lost")).code()).isEqualTo("PAYLOAD_LOST");
  }

  @Test
  void a_lost_payload_ends_the_job_and_gives_the_credit_back() {
    rig.submit(Sketch.job("a"));
    rig.restart();
    rig.log.loseContent();

    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("b"));

    assertThat(rig.failure(Sketch.job("a")).code()).isEqualTo("PAYLOAD_LOST");
    assertThat(worker.jobIds()).containsExactly("b");
  }

  @Test
  void a_job_that_was_cancelled_while_its_payload_was_read_is_not_handed_over() {
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("b"));
    rig.restart();
    Worker worker = new Worker("w1");
    rig.attach(worker, List.of(), Sketch.ROUTE);
    rig.grant(worker, 1);
    rig.writer.drain();
    rig.delivery.forEach(Runnable::run);
    rig.delivery.clear();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.EXECUTING);

    rig.cancel(Sketch.job("a"));
    rig.group();
    rig.settle();

    assertThat(worker.jobIds()).containsExactly("b");
  }

  @Test
  void a_worker_that_attaches_again_with_other_routes_is_not_told_that_it_was_replaced() {
    Worker worker = rig.worker("w1", 5, "job.old");

    rig.attach(worker, List.of(), "job.new");
    rig.grant(worker, 1);
    rig.submit(Sketch.job("a").route("job.old"));
    rig.submit(Sketch.job("b").route("job.new"));

    assertThat(worker.jobIds()).containsExactly("b");
    assertThat(worker.cancelled).isEmpty();
  }
}
