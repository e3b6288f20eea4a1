package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.StateName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WaitReportTest {
  private static final EngineLimits.Share ONE_AT_ONCE = new EngineLimits.Share(1, 1, 0, 1);
  private static final EngineLimits.Share ONE_IN_TEN_SECONDS = new EngineLimits.Share(1, 0, 0.1, 1);

  private final Rig rig =
      new Rig(Limits.groups(Map.of("single", ONE_AT_ONCE, "slow", ONE_IN_TEN_SECONDS)));

  @Test
  void a_job_without_a_worker_says_so() {
    rig.submit(Sketch.job("a"));

    WriterView.WaitReport why = why(Sketch.job("a"));

    assertThat(why.executors()).isZero();
    assertThat(why.creditFree()).isFalse();
    assertThat(why.ahead()).isZero();
    assertThat(why.limit()).isEmpty();
  }

  @Test
  void a_job_behind_others_says_how_many_and_who_shares_the_route() {
    rig.worker("w1", 0);
    rig.submit(Sketch.job("first"));
    rig.submit(Sketch.job("a"));
    rig.submit(Sketch.job("urgent").priority(99).group("g"));
    rig.submit(Sketch.job("other").tenant("globex"));

    WriterView.WaitReport why = why(Sketch.job("a"));

    assertThat(why.executors()).isOne();
    assertThat(why.creditFree()).isFalse();
    assertThat(why.ahead()).isEqualTo(2);
    assertThat(why.tenantsWaiting()).isEqualTo(2);
  }

  @Test
  void a_worker_that_gives_no_sign_of_life_is_told_from_a_busy_one() {
    rig.worker("w1", 10);
    rig.pass(Duration.ofMinutes(5));
    rig.submit(Sketch.job("a"));

    WriterView.WaitReport why = why(Sketch.job("a"));

    assertThat(why.executors()).isOne();
    assertThat(why.silent()).isOne();
    assertThat(why.creditFree()).isFalse();
  }

  @Test
  void a_full_group_is_named() {
    rig.worker("w1", 10);
    rig.submit(Sketch.job("runs").group("single"));
    rig.submit(Sketch.job("a").group("single"));

    WriterView.WaitReport why = why(Sketch.job("a"));

    assertThat(why.creditFree()).isTrue();
    assertThat(why.limit()).isEqualTo("group runs 1 of 1 jobs");
    assertThat(why.limitWaitMicros()).isZero();
  }

  @Test
  void a_rate_says_for_how_long() {
    rig.worker("w1", 10);
    rig.submit(Sketch.job("runs").group("slow"));
    rig.pass(Duration.ofSeconds(4));
    rig.submit(Sketch.job("a").group("slow"));

    WriterView.WaitReport why = why(Sketch.job("a"));

    assertThat(why.limit()).isEqualTo("group may start 0.1 jobs per second");
    assertThat(why.limitWaitMicros()).isBetween(5_999_000L, 6_001_000L);
  }

  @Test
  void asking_changes_nothing() {
    Worker one = rig.worker("w1", 10);
    Worker two = rig.worker("w2", 10);
    rig.submit(Sketch.job("elsewhere").route("job.nowhere"));

    for (int i = 0; i < 10; i++) {
      rig.submit(Sketch.job("job-" + i));
      why(Sketch.job("elsewhere"));
      explain(Sketch.job("job-" + i));
    }

    assertThat(one.jobIds()).hasSize(5);
    assertThat(two.jobIds()).hasSize(5);
  }

  @Test
  void a_finished_or_unknown_job_has_no_report() {
    rig.submit(Sketch.job("a"));
    rig.cancel(Sketch.job("a"));
    rig.settle();

    assertThat(explain(Sketch.job("a"))).isEmpty();
    assertThat(explain(Sketch.job("unknown"))).isEmpty();
    assertThat(rig.state(Sketch.job("a"))).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void executors_and_held_jobs_are_listed() {
    rig.worker("w1", 3, "job.b", "job.a");
    rig.submit(Sketch.job("one").route("job.a"));
    rig.submit(Sketch.job("first").held());
    rig.submit(Sketch.job("second").held());
    rig.submit(Sketch.job("foreign").held().tenant("globex"));

    rig.writer.offer(
        new LogCommand.Look(
            view -> {
              assertThat(view.executors())
                  .containsExactly(
                      new ExecutorView("w1", List.of("job.a", "job.b"), true, 2, 1, 0));
              assertThat(view.held(Sketch.TENANT))
                  .extracting(job -> job.key().jobId())
                  .containsExactly("first", "second");
              assertThat(view.unfinished()).isEqualTo(4);
              assertThat(view.unfinished(Sketch.TENANT)).isEqualTo(3);
            },
            new Reply<>()));
    rig.settle();
  }

  private WriterView.WaitReport why(Sketch sketch) {
    return explain(sketch).orElseThrow();
  }

  private Optional<WriterView.WaitReport> explain(Sketch sketch) {
    AtomicReference<Optional<WriterView.WaitReport>> report =
        new AtomicReference<>(Optional.empty());
    Reply<Boolean> looked = new Reply<>();
    rig.writer.offer(new LogCommand.Look(view -> report.set(view.explain(sketch.key())), looked));
    rig.settle();
    assertThat(looked.outcome()).isTrue();
    return report.get();
  }
}
