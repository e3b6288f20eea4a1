package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is in the hands of workers, on a clock that the test moves.
final class PushedAssignmentsTest {
  private final FakeClock time = new FakeClock();
  private final PushedAssignments pushed = new PushedAssignments(time::nanoTime);

  private static PushedAssignments.Pushed assignment(String id) {
    return new PushedAssignments.Pushed(id, "r-" + id, "t1", "m1", "chat", "p", 1, "", "");
  }

  @Test
  void an_assignment_without_an_answer_is_not_under_way_for_long_after_its_deadline() {
    pushed.add(assignment("short"), 10_000);
    pushed.add(assignment("long"), 60_000);
    pushed.add(assignment("answered"), 60_000);
    pushed.end("answered", 1);

    assertThat(pushed.open()).isEqualTo(2);
    time.advance(Duration.ofSeconds(10).plus(PushedAssignments.GRACE));
    assertThat(pushed.open()).isEqualTo(2);
    time.advance(Duration.ofMillis(1));
    assertThat(pushed.open()).isEqualTo(1);
    assertThat(pushed.find("short", "", "")).as("its late result still teaches").isPresent();
  }
}
