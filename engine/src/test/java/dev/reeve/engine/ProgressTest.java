package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Duration INTERVAL = EngineLimits.DEFAULT.progressInterval();
  private static final Duration HEARTBEAT = EngineLimits.DEFAULT.heartbeat();

  private final Rig rig = new Rig();
  private final Worker builtIn = new Worker("builtin:test");

  @Test
  void the_first_progress_is_seen_at_once_and_starts_the_job() {
    DispatchId running = running();

    rig.progress(running, "RUN", 1);
    rig.settle();

    assertThat(rig.eventNames(Sketch.job("a")))
        .containsExactly("Queued", "Dispatched", "Progressed");
  }

  @Test
  void of_many_in_a_short_time_the_first_and_the_newest_are_kept() {
    DispatchId running = running();

    for (int i = 1; i <= 100; i++) {
      rig.progress(running, "RUN", i);
      rig.settle();
    }
    assertThat(rig.job(Sketch.job("a")).progress().partsPerMillion()).isEqualTo(1);
    rig.pass(INTERVAL);

    assertThat(rig.job(Sketch.job("a")).progress().partsPerMillion()).isEqualTo(100);
    assertThat(rig.job(Sketch.job("a")).progressEvents()).isEqualTo(2);
  }

  @Test
  void a_report_that_is_held_back_is_answered() {
    DispatchId running = running();
    rig.progress(running, "RUN", 1);

    Reply<Job> held = rig.progress(running, "RUN", 2);
    rig.settle();

    assertThat(held.outcome().key().jobId()).isEqualTo("a");
  }

  @Test
  void a_new_stage_is_seen_at_once() {
    DispatchId running = running();

    rig.progress(running, "LOAD", 1);
    rig.progress(running, "RUN", 2);
    rig.progress(running, "SAVE", 3);
    rig.settle();

    assertThat(rig.job(Sketch.job("a")).progressEvents()).isEqualTo(3);
  }

  @Test
  void nothing_is_held_back_beyond_the_end() {
    DispatchId running = running();
    rig.progress(running, "RUN", 1);
    rig.progress(running, "RUN", 2);
    rig.complete(running, "done");
    rig.settle();
    rig.pass(INTERVAL);

    assertThat(rig.eventNames(Sketch.job("a"))).endsWith("Progressed", "Completed");
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.COMPLETED);
  }

  @Test
  void intervals_run_on_though_the_wall_clock_was_set_back() {
    DispatchId running = running();
    rig.progress(running, "RUN", 1);
    rig.settle();
    rig.clock.shiftWall(Duration.ofHours(-1));
    rig.progress(running, "RUN", 2);
    rig.settle();

    rig.pass(INTERVAL);

    assertThat(rig.job(Sketch.job("a")).progress().partsPerMillion()).isEqualTo(2);
  }

  @Test
  void a_watched_job_that_runs_silently_gives_signs_of_life() {
    running();
    Tail.Watch watch = rig.tail.watch(1, () -> {});

    beats(3);
    watch.close();
    beats(3);

    assertThat(rig.eventNames(Sketch.job("a")))
        .containsExactly("Queued", "Dispatched", "Heartbeat", "Heartbeat", "Heartbeat");
  }

  @Test
  void a_sign_of_life_carries_the_progress_known_then() {
    rig.progress(running(), "RUN", 42);
    rig.settle();
    rig.tail.watch(1, () -> {});

    beats(1);

    assertThat(rig.job(Sketch.job("a")).progress().partsPerMillion()).isEqualTo(42);
    assertThat(rig.events(Sketch.job("a")).getLast().seq()).isEqualTo(4);
  }

  @Test
  void a_job_that_waits_or_speaks_gives_no_signs_of_life() {
    rig.submit(Sketch.job("waits").route("job.nowhere"));
    rig.tail.watch(1, () -> {});
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("speaks"));
    rig.tail.watch(2, () -> {});

    for (int i = 0; i < 30; i++) {
      rig.progress(worker.last(), "RUN", i);
      rig.pass(Duration.ofSeconds(1));
    }

    assertThat(rig.eventNames(Sketch.job("waits"))).containsExactly("Queued");
    assertThat(rig.eventNames(Sketch.job("speaks"))).doesNotContain("Heartbeat");
  }

  private void beats(int times) {
    for (int i = 0; i < times; i++) {
      rig.pass(HEARTBEAT);
    }
  }

  private DispatchId running() {
    rig.attach(builtIn, List.of(), Sketch.ROUTE);
    rig.grant(builtIn, 1);
    rig.submit(Sketch.job("a"));
    return builtIn.last();
  }
}
