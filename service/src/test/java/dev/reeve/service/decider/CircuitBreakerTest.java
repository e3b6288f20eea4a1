package dev.reeve.service.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.service.decider.CircuitBreaker.Pass;
import dev.reeve.service.decider.CircuitBreaker.Settings;
import dev.reeve.service.decider.CircuitBreaker.State;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
  private static final Duration OPEN_TIME = Settings.STANDARD.openTime();

  private final FakeClock clock = new FakeClock();
  private final CircuitBreaker breaker = new CircuitBreaker(Settings.STANDARD, clock::nanoTime);

  /// Every cell: state, what happens in it, state after, whether the next call is let in.
  @ParameterizedTest(name = "{0}, then {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          closed               | success                    | CLOSED    | true
          closed               | nothing                    | CLOSED    | true
          closed               | failure                    | CLOSED    | true
          closed               | failure failure            | CLOSED    | true
          closed               | failure failure failure    | OPEN      | false
          closed               | failure failure success failure failure | CLOSED | true
          closed               | failure failure nothing failure | OPEN | false
          closed               | wait                       | CLOSED    | true
          open                 | short-wait                 | OPEN      | false
          open                 | wait                       | HALF_OPEN | true
          half-open            | success                    | HALF_OPEN | true
          half-open            | success success            | CLOSED    | true
          half-open            | failure                    | OPEN      | false
          half-open            | success failure            | OPEN      | false
          half-open            | nothing                    | HALF_OPEN | true
          half-open            | nothing success nothing success | CLOSED | true
          half-open            | failure wait               | HALF_OPEN | true
          half-open            | failure short-wait         | OPEN      | false
          half-open            | wait                       | HALF_OPEN | true
          half-open            | success success failure failure | CLOSED | true
          half-open            | success success failure failure failure | OPEN | false
          """)
  void each_state_moves_as_the_contract_says(
      String from, String what, State after, boolean letsIn) {
    bringTo(from);

    for (String step : what.split(" ", -1)) {
      make(step);
    }

    assertThat(breaker.state()).isEqualTo(after);
    assertThat(breaker.enter().isPresent()).isEqualTo(letsIn);
  }

  @Test
  void at_most_three_probes_are_under_way_at_a_time() {
    bringTo("half-open");

    List<Pass> probes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      probes.add(breaker.enter().orElseThrow());
    }

    assertThat(breaker.enter()).isEmpty();
    probes.getFirst().close();
    assertThat(breaker.enter()).isPresent();
    assertThat(breaker.enter()).isEmpty();
  }

  @Test
  void an_answer_that_comes_after_the_state_changed_changes_nothing() {
    Pass early = breaker.enter().orElseThrow();
    bringTo("half-open");

    early.succeeded();
    make("success");

    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    Pass slowProbe = breaker.enter().orElseThrow();
    make("success");
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    slowProbe.failed();
    make("failure");
    make("failure");
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void a_failed_probe_starts_the_open_time_anew_for_all() {
    bringTo("half-open");
    Pass other = breaker.enter().orElseThrow();

    make("failure");
    other.succeeded();
    clock.advance(OPEN_TIME.minusNanos(1));

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.enter()).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(breaker.enter()).isPresent();
  }

  @Test
  void only_the_first_word_of_a_pass_counts() {
    Pass pass = breaker.enter().orElseThrow();

    pass.failed();
    pass.failed();
    pass.failed();
    pass.close();

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void many_threads_never_get_more_probes_than_allowed_and_none_is_lost() throws Exception {
    int threads = 8;
    int rounds = 2_000;
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CircuitBreaker probed =
        new CircuitBreaker(new Settings(1, OPEN_TIME, 3, Integer.MAX_VALUE), clock::nanoTime);
    probed.enter().orElseThrow().failed();
    clock.advance(OPEN_TIME);

    together(
        threads,
        () -> {
          for (int i = 0; i < rounds; i++) {
            Optional<Pass> entered = probed.enter();
            if (entered.isPresent()) {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              underWay.decrementAndGet();
              if (i % 2 == 0) {
                entered.get().succeeded();
              } else {
                entered.get().close();
              }
            }
          }
        });

    assertThat(most.get()).isBetween(1, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(probed.enter()).as("slot %s", i).isPresent();
    }
    assertThat(probed.enter()).isEmpty();
  }

  @Test
  void exactly_the_third_failure_of_many_at_once_opens_it() throws Exception {
    AtomicInteger turnedAway = new AtomicInteger();
    CircuitBreaker struck = new CircuitBreaker(new Settings(100, OPEN_TIME, 1, 1), clock::nanoTime);

    together(
        4,
        () -> {
          for (int i = 0; i < 50; i++) {
            struck.enter().ifPresentOrElse(Pass::failed, turnedAway::incrementAndGet);
          }
        });

    assertThat(struck.state()).isEqualTo(State.OPEN);
    assertThat(turnedAway.get()).isBetween(1, 100);
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new Settings(0, OPEN_TIME, 3, 2)).hasMessageContaining("failures_max");
    assertThatThrownBy(() -> new Settings(3, Duration.ZERO, 3, 2))
        .hasMessageContaining("open_time");
    assertThatThrownBy(() -> new Settings(3, OPEN_TIME, 0, 2)).hasMessageContaining("probes_max");
    assertThatThrownBy(() -> new Settings(3, OPEN_TIME, 3, 0))
        .hasMessageContaining("successes_needed");
  }

  private void bringTo(String state) {
    if (!state.equals("closed")) {
      for (int i = 0; i < 3; i++) {
        make("failure");
      }
    }
    if (state.equals("half-open")) {
      clock.advance(OPEN_TIME);
      breaker.enter().orElseThrow().close();
    }
  }

  private void make(String step) {
    switch (step) {
      case "success" -> breaker.enter().orElseThrow().succeeded();
      case "failure" -> breaker.enter().orElseThrow().failed();
      case "nothing" -> breaker.enter().orElseThrow().close();
      case "wait" -> clock.advance(OPEN_TIME);
      case "short-wait" -> clock.advance(OPEN_TIME.minusNanos(1));
      default -> throw new IllegalArgumentException(step);
    }
  }

  private static void together(int threads, Runnable work) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              start.await();
              work.run();
              return null;
            }));
      }
      start.countDown();
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
