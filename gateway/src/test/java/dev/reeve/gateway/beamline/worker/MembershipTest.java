package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What workers that share a subject take together.
final class MembershipTest {
  private final Membership members = new Membership(Set.of(), 8);

  private void beat(Membership to, String worker, String status, String metadata) {
    to.seen(
        WorkerBeat.read(
            Bytes.utf8(
                "{\"worker_id\":\""
                    + worker
                    + "\",\"status\":\""
                    + status
                    + "\",\"metadata\":{"
                    + metadata
                    + "}}")),
        0);
  }

  @Test
  void a_worker_that_names_no_topics_lends_nothing_to_the_topics_of_others() {
    beat(members, "w1", "degraded", "\"topics\":[\"job.zz\"],\"concurrency\":2");
    beat(members, "w2", "idle", "\"concurrency\":4");

    assertThat(members.capacity()).isZero();

    beat(members, "w1", "ready", "\"topics\":[\"job.zz\"],\"concurrency\":2");
    assertThat(members.capacity()).isEqualTo(2);

    Membership configured = new Membership(Set.of("job.zz"), 8);
    beat(configured, "w2", "idle", "\"concurrency\":4");
    assertThat(configured.capacity()).isEqualTo(4);
  }

  @Test
  void topics_of_degraded_workers_are_not_served_by_others() {
    beat(members, "w1", "degraded", "\"topics\":[\"job.zz\"],\"concurrency\":2");
    assertThat(members.topics()).containsExactly("job.zz");

    beat(members, "w2", "ready", "\"topics\":[\"job.aa\"],\"concurrency\":1");

    assertThat(members.topics()).containsExactly("job.aa");
    assertThat(members.capacity()).isEqualTo(1);
  }
}
