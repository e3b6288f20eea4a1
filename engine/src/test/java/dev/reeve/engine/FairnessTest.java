package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairnessTest {
  private static final EngineLimits.Share HEAVY = new EngineLimits.Share(3, 0, 0, 1);

  @Test
  void tenants_that_wait_get_their_share_by_weight() {
    Rig rig = new Rig(Limits.tenants(Map.of("heavy", HEAVY)));
    fill(rig, "light", 100);
    fill(rig, "heavy", 100);

    Worker worker = rig.worker("w1", 40);

    assertThat(starts(worker, "heavy")).isEqualTo(30);
    assertThat(starts(worker, "light")).isEqualTo(10);
  }

  @Test
  void a_tenant_with_a_long_queue_does_not_hold_up_one_that_comes_later() {
    Rig rig = new Rig();
    fill(rig, "flood", 500);
    Worker worker = rig.worker("w1", 100);

    fill(rig, "late", 3);
    rig.grant(worker, 6);
    rig.settle();

    assertThat(starts(worker, "late")).isEqualTo(3);
  }

  @Test
  void a_tenant_that_was_away_gets_no_credit_for_it() {
    Rig rig = new Rig();
    fill(rig, "steady", 1_000);
    fill(rig, "comes-and-goes", 1);
    Worker worker = rig.worker("w1", 200);

    fill(rig, "comes-and-goes", 100);
    rig.grant(worker, 40);
    rig.settle();

    assertThat(starts(worker, "comes-and-goes")).isBetween(20L, 22L);
  }

  @Test
  void a_tenant_that_sends_just_in_time_gets_no_more_than_its_share() {
    Rig rig = new Rig();
    fill(rig, "queue", 100);
    Worker worker = rig.worker("w1", 0);

    for (int i = 0; i < 40; i++) {
      rig.offer(Sketch.job("jit-" + i).tenant("a-jit"));
      rig.grant(worker, 1);
      rig.settle();
    }

    assertThat(starts(worker, "queue")).isBetween(19L, 21L);
  }

  @Test
  void the_most_urgent_goes_first_and_equals_in_order() {
    Rig rig = new Rig();
    rig.submit(Sketch.job("low").priority(10));
    rig.submit(Sketch.job("first"));
    rig.submit(Sketch.job("second"));
    rig.submit(Sketch.job("urgent").priority(90));

    Worker worker = rig.worker("w1", 10);

    assertThat(worker.jobIds()).containsExactly("urgent", "first", "second", "low");
  }

  @Test
  void waiting_makes_up_for_priority() {
    Rig rig = new Rig();
    rig.submit(Sketch.job("old").priority(50));
    rig.pass(Duration.ofSeconds(11));
    rig.submit(Sketch.job("ten-points-more").priority(60));
    rig.submit(Sketch.job("twenty-points-more").priority(70));

    Worker worker = rig.worker("w1", 10);

    assertThat(worker.jobIds()).containsExactly("twenty-points-more", "old", "ten-points-more");
  }

  @Test
  void a_job_that_comes_back_keeps_its_place() {
    Rig rig = new Rig();
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("interrupted"));
    rig.pass(Duration.ofSeconds(1));
    rig.submit(Sketch.job("younger"));

    rig.writer.offer(new LogCommand.Detach(worker, true));
    Worker other = rig.worker("w2", 1);

    assertThat(other.jobIds()).containsExactly("interrupted");
  }

  @Test
  void memory_of_tenants_that_left_is_bounded() {
    Rig rig = new Rig();
    fill(rig, "steady", 2_000);
    Worker worker = rig.worker("w1", 0);
    for (int i = 0; i < 500; i++) {
      rig.offer(Sketch.job("visit-" + i).tenant("visitor-" + i));
      rig.grant(worker, 2);
      rig.settle();
    }

    assertThat(worker.jobIds()).hasSize(1_000);
    assertThat(starts(worker, "steady")).isBetween(499L, 501L);
    rig.audit();
  }

  private static void fill(Rig rig, String tenant, int jobs) {
    for (int i = 0; i < jobs; i++) {
      rig.offer(Sketch.job(tenant + "-" + rig.position() + "-" + i).tenant(tenant));
    }
    rig.settle();
  }

  private static long starts(Worker worker, String tenant) {
    return worker.assigned.stream()
        .filter(assignment -> assignment.job().key().tenant().equals(tenant))
        .count();
  }
}
