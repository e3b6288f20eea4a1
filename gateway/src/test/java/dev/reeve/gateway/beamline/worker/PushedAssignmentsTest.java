package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is in the hands of workers, on a clock that the test moves.
final class PushedAssignmentsTest {
  private final FakeClock time = new FakeClock();
  private final PushedAssignments pushed =
      new PushedAssignments(time::nanoTime, InstantSource.system(), KeptAssignments.NONE);

  private static PushedAssignments.Pushed assignment(String id) {
    return new PushedAssignments.Pushed(id, "r-" + id, "t1", "m1", "chat", "p", 1, "", "");
  }

  /// What lies on disk.
  private static final class Book implements KeptAssignments {
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    @Override
    public List<Kept> read() {
      return List.copyOf(kept.values());
    }

    @Override
    public void keep(Kept one) {
      kept.put(one.assignmentId(), one);
    }

    @Override
    public void ended(String assignmentId, long sequence) {
      kept.computeIfPresent(assignmentId, (_, one) -> one.endedBy(sequence));
    }
  }

  @Test
  void what_was_given_away_before_a_restart_is_known_after_it_with_its_age() {
    Book book = new Book();
    Instant[] now = {Instant.parse("2030-01-01T00:00:00Z")};
    PushedAssignments before = new PushedAssignments(time::nanoTime, () -> now[0], book);
    before.add(assignment("old"), 60_000);
    now[0] = now[0].plus(Duration.ofMinutes(50));
    before.add(assignment("open"), 60_000);
    before.add(assignment("ended"), 60_000);
    before.end("ended", 7);

    now[0] = now[0].plusSeconds(30);
    FakeClock other = new FakeClock();
    PushedAssignments after = new PushedAssignments(other::nanoTime, () -> now[0], book);

    assertThat(after.find("open", "", "")).contains(assignment("open"));
    assertThat(after.find("", "r-open", "t1")).contains(assignment("open"));
    assertThat(after.open()).as("old is long over its deadline").isEqualTo(1);
    assertThat(after.end("open", 9)).isEqualTo(PushedAssignments.Place.FIRST);
    assertThat(after.end("ended", 8)).isEqualTo(PushedAssignments.Place.DUPLICATE);
    assertThat(after.end("ended", 7)).isEqualTo(PushedAssignments.Place.FIRST_UNTOLD);
    other.advance(Duration.ofMinutes(10));
    after.add(assignment("new"), 60_000);
    assertThat(after.find("old", "", "")).as("an hour after it was given away").isEmpty();
    assertThat(after.find("open", "", "")).isPresent();
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
