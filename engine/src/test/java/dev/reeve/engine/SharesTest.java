package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final EngineLimits.Share TWO_AT_ONCE = new EngineLimits.Share(1, 2, 0, 1);
  private static final EngineLimits.Share ONE_PER_SECOND = new EngineLimits.Share(1, 0, 1, 1);

  @Test
  void a_group_runs_no_more_at_once_than_it_may() {
    Rig rig = new Rig(Limits.groups(Map.of("g", TWO_AT_ONCE)));
    Worker worker = rig.worker("w1", 100);
    for (int i = 0; i < 5; i++) {
      rig.offer(Sketch.job("job-" + i).group("g"));
    }
    rig.settle();
    assertThat(worker.jobIds()).hasSize(2);

    rig.complete(worker.assigned.get(0).dispatch(), "done");
    rig.settle();

    assertThat(worker.jobIds()).hasSize(3);
    rig.audit();
  }

  @Test
  void a_group_that_is_full_holds_up_nobody_else() {
    Rig rig = new Rig(Limits.groups(Map.of("g", TWO_AT_ONCE)));
    Worker worker = rig.worker("w1", 100);
    for (int i = 0; i < 5; i++) {
      rig.offer(Sketch.job("urgent-" + i).group("g").priority(100));
    }

    rig.offer(Sketch.job("free").priority(0));
    rig.offer(Sketch.job("other-group").group("h").priority(0));
    rig.offer(Sketch.job("other-tenant").group("g").tenant("globex"));
    rig.settle();

    assertThat(worker.jobIds()).contains("free", "other-group", "other-tenant").hasSize(5);
  }

  @Test
  void a_tenant_runs_no_more_at_once_than_it_may_over_all_routes() {
    Rig rig = new Rig(Limits.tenants(Map.of(Sketch.TENANT, TWO_AT_ONCE)));
    Worker worker = rig.worker("w1", 100, "job.one", "job.two");

    for (int i = 0; i < 3; i++) {
      rig.offer(Sketch.job("one-" + i).route("job.one"));
      rig.offer(Sketch.job("two-" + i).route("job.two"));
    }
    rig.settle();

    assertThat(worker.jobIds()).hasSize(2);
  }

  @Test
  void a_cancelled_run_makes_room() {
    Rig rig = new Rig(Limits.groups(Map.of("g", TWO_AT_ONCE)));
    Worker worker = rig.worker("w1", 100);
    for (int i = 0; i < 3; i++) {
      rig.offer(Sketch.job("job-" + i).group("g"));
    }
    rig.settle();

    rig.cancel(Sketch.job("job-0"));
    rig.settle();

    assertThat(worker.jobIds()).containsExactly("job-0", "job-1", "job-2");
  }

  @Test
  void a_group_starts_no_faster_than_its_rate() {
    Rig rig = new Rig(Limits.groups(Map.of("g", ONE_PER_SECOND)));
    Worker worker = rig.worker("w1", 100);
    for (int i = 0; i < 10; i++) {
      rig.offer(Sketch.job("job-" + i).group("g"));
    }
    rig.settle();
    assertThat(worker.jobIds()).hasSize(1);

    rig.pass(Duration.ofMillis(900));
    assertThat(worker.jobIds()).hasSize(1);
    rig.pass(Duration.ofMillis(100));
    assertThat(worker.jobIds()).hasSize(2);
    for (int i = 0; i < 5; i++) {
      rig.pass(Duration.ofSeconds(1));
    }

    assertThat(worker.jobIds()).hasSize(7);
  }

  @Test
  void a_burst_is_allowed_after_a_quiet_time() {
    EngineLimits.Share burst = new EngineLimits.Share(1, 0, 1, 4);
    Rig rig = new Rig(Limits.tenants(Map.of(Sketch.TENANT, burst)));
    Worker worker = rig.worker("w1", 100);
    for (int i = 0; i < 10; i++) {
      rig.offer(Sketch.job("job-" + i));
    }

    rig.settle();

    assertThat(worker.jobIds()).hasSize(4);
  }

  @Test
  void limits_hold_over_a_restart() {
    Rig rig = new Rig(Limits.groups(Map.of("g", TWO_AT_ONCE)));
    rig.worker("w1", 100);
    for (int i = 0; i < 5; i++) {
      rig.offer(Sketch.job("job-" + i).group("g"));
    }
    rig.settle();

    rig.restart();
    Worker other = rig.worker("w2", 100);

    assertThat(other.jobIds()).isEmpty();
  }

  @Test
  void a_commit_that_failed_used_up_no_rate() {
    Rig rig = new Rig(Limits.groups(Map.of("g", ONE_PER_SECOND)));
    Worker worker = rig.worker("w1", 100);
    rig.log.failCommit(dev.reeve.engine.testing.FaultyJobLog.Fault.LOST);
    rig.offer(Sketch.job("lost").group("g"));
    rig.settle();

    rig.pass(Duration.ofMillis(1));
    rig.submit(Sketch.job("a").group("g"));

    assertThat(worker.jobIds()).containsExactly("a");
  }
}
