package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class SeededTest {
  @Test
  void a_failure_names_the_seed_that_repeats_it() {
    Event failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(FailingExample.class))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .findFirst()
            .orElseThrow();

    Throwable failure =
        failed.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
    String hint = String.valueOf(failure.getSuppressed()[0].getMessage());
    long seed = Long.parseLong(hint.replaceFirst(".*-Dreeve.seed=(-?\\d+).*", "$1"));
    assertThat(failure).hasMessage("drew " + new SplittableRandom(seed).nextLong());
    assertThat(hint).contains("-Dtest=FailingExample#draws");
  }

  /// Not found by the build: its name is no test's name.
  @Seeded
  static class FailingExample {
    @Test
    void draws(RandomGenerator random) {
      fail("drew " + random.nextLong());
    }
  }
}
