package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.beamline.worker.KeptAssignments.Kept;
import dev.reeve.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Work that was given away is known after the server began anew, for an hour.
class RouteAssignmentFilesTest {
  @TempDir Path folder;

  private volatile Instant now = Instant.now();
  private final InstantSource clock = () -> now;

  private Kept assignment(String id) {
    return new Kept(
        id, "r-" + id, "t\u00e4", "m1", "chat", "p", 3, "u\n1", "", now.toEpochMilli(), 60_000, 0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("routed"))) {
      return all.sorted().toList();
    }
  }

  @Test
  void what_was_given_away_is_known_after_an_end_without_a_close() {
    RouteAssignmentFiles before = new RouteAssignmentFiles(folder, clock);
    before.keep(assignment("a"));
    before.keep(assignment("b"));
    before.ended("a", 17);

    try (RouteAssignmentFiles after = new RouteAssignmentFiles(folder, clock)) {
      List<Kept> expected = List.of(assignment("a").endedBy(17), assignment("b"));
      Await.until("written", () -> after.read().equals(expected));
    }
    before.close();
  }

  @Test
  void a_line_that_a_crash_tore_is_skipped_and_decisions_lie_beside_untouched() throws IOException {
    try (RouteDecisionFiles decisions = new RouteDecisionFiles(folder, clock);
        RouteAssignmentFiles before = new RouteAssignmentFiles(folder, clock)) {
      before.keep(assignment("a"));
      assertThat(decisions.read()).isEmpty();
    }
    Files.writeString(files().getFirst(), "{\"assignment\":\"x", StandardOpenOption.APPEND);

    try (RouteAssignmentFiles after = new RouteAssignmentFiles(folder, clock)) {
      assertThat(after.read()).containsExactly(assignment("a"));
    }
  }

  @Test
  void what_is_older_than_an_hour_is_not_taken_over_and_its_files_go() throws IOException {
    try (RouteAssignmentFiles before = new RouteAssignmentFiles(folder, clock)) {
      before.keep(assignment("a"));
    }
    assertThat(files()).hasSize(1);

    now = now.plus(Duration.ofMinutes(61));

    try (RouteAssignmentFiles after = new RouteAssignmentFiles(folder, clock)) {
      assertThat(after.read()).isEmpty();
      assertThat(files()).isEmpty();
    }
  }
}
