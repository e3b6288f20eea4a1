package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.StateName;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which executor gets which job, where they differ.
class PlacementTest {
  private final Rig rig = new Rig();

  @Test
  void a_job_goes_to_a_worker_that_offers_all_it_requires() {
    Worker plain = rig.worker(offering("plain", "cpu"), 4, Sketch.ROUTE);
    Worker strong = rig.worker(offering("strong", "CPU", "gpu"), 4, Sketch.ROUTE);

    rig.submit(Sketch.job("a").requires("gpu"));
    rig.submit(Sketch.job("b").requires("GPU ", "cpu"));

    assertThat(strong.jobIds()).containsExactly("a", "b");
    assertThat(plain.jobIds()).isEmpty();
  }

  @Test
  void what_nobody_declares_goes_to_workers_that_say_nothing() {
    Worker declares = rig.worker(offering("declares", "cpu"), 4, Sketch.ROUTE);
    Worker silent = rig.worker("silent", 4);

    rig.submit(Sketch.job("a").requires("tpu"));

    assertThat(silent.jobIds()).containsExactly("a");
    assertThat(declares.jobIds()).isEmpty();
  }

  @Test
  void a_job_that_nobody_can_take_waits_and_holds_up_no_other() {
    Worker worker = rig.worker(offering("w", "cpu"), 4, Sketch.ROUTE);

    rig.submit(Sketch.job("waits").requires("gpu").priority(90));
    rig.submit(Sketch.job("runs"));
    assertThat(worker.jobIds()).containsExactly("runs");
    Worker strong = rig.worker(offering("strong", "gpu"), 1, Sketch.ROUTE);

    assertThat(strong.jobIds()).containsExactly("waits");
    rig.audit();
  }

  @Test
  void placing_labels_must_match_with_or_without_their_prefix() {
    Worker east = rig.worker(labelled("east", Map.of("zone", "east")), 4, Sketch.ROUTE);
    Worker west = rig.worker(labelled("west", Map.of("placement.zone", "west")), 4, Sketch.ROUTE);

    rig.submit(Sketch.job("a").label("placement.zone", "west"));
    rig.submit(Sketch.job("b").label("placement.zone", "east"));
    rig.submit(Sketch.job("c").label("node.disk", "ssd"));

    assertThat(west.jobIds()).containsExactly("a");
    assertThat(east.jobIds()).containsExactly("b");
    assertThat(rig.state(Sketch.job("c"))).isEqualTo(StateName.QUEUED);
  }

  @Test
  void a_wished_pool_worker_or_capability_is_heeded_and_keeps_nothing_waiting() {
    Worker a = rig.worker(new Worker("a").offering(pool("blue")), 1, Sketch.ROUTE);
    Worker b = rig.worker(new Worker("b").offering(pool("red")), 1, Sketch.ROUTE);
    Worker c = rig.worker(offering("c", "paint"), 1, Sketch.ROUTE);

    rig.submit(Sketch.job("red").label("preferred_pool", "red"));
    rig.submit(Sketch.job("paint").capability("paint"));
    rig.submit(Sketch.job("left").label("preferred_worker_id", "b"));

    assertThat(b.jobIds()).containsExactly("red");
    assertThat(c.jobIds()).containsExactly("paint");
    assertThat(a.jobIds()).containsExactly("left");
  }

  @Test
  void among_those_that_measure_it_the_one_with_the_least_load_gets_the_job() {
    Worker busy = rig.worker(new Worker("busy").loaded(0.8), 10, Sketch.ROUTE);
    Worker idle = rig.worker(new Worker("idle").loaded(0.1), 10, Sketch.ROUTE);

    for (int i = 0; i < 5; i++) {
      rig.offer(Sketch.job("job-" + i));
    }
    rig.settle();

    assertThat(idle.jobIds()).containsExactly("job-0", "job-2", "job-4");
    assertThat(busy.jobIds()).containsExactly("job-1", "job-3");
    rig.audit();
  }

  private static Worker offering(String id, String... declared) {
    return new Worker(id).offering(new Offer(Set.of(declared), true, Map.of(), false, ""));
  }

  private static Worker labelled(String id, Map<String, String> labels) {
    return new Worker(id).offering(new Offer(Set.of(), false, labels, false, ""));
  }

  private static Offer pool(String name) {
    return new Offer(Set.of(), false, Map.of(), false, name);
  }
}
