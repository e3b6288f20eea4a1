package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.beamline.KeptDecisions.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Decisions are known after the server began anew, for an hour.
class RouteDecisionFilesTest {
  @TempDir Path folder;

  private volatile Instant now = Instant.now();
  private final InstantSource clock = () -> now;

  private Kept decision(String name) {
    return new Kept(
        name,
        Sha256.of(Bytes.utf8("key of " + name)),
        Sha256.of(Bytes.utf8("task")),
        Bytes.wrap(new byte[] {0, 1, (byte) 0xff}),
        "",
        now.toEpochMilli());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("routed"))) {
      return all.sorted().toList();
    }
  }

  @Test
  void a_confirmed_decision_is_known_after_an_end_without_a_close() {
    RouteDecisionFiles before = new RouteDecisionFiles(folder, clock);
    Kept first = decision("first");
    List<CompletableFuture<Boolean>> written = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      written.add(before.keep(decision("d" + i)));
    }
    before.keep(first).join();
    before.given("d7", "assignment-7");
    before.keep(decision("last")).join();
    written.forEach(CompletableFuture::join);

    try (RouteDecisionFiles after = new RouteDecisionFiles(folder, clock)) {
      List<Kept> known = after.read();

      assertThat(known).hasSize(502).contains(first);
      assertThat(known)
          .filteredOn(kept -> kept.name().equals("d7"))
          .extracting(Kept::assignmentId)
          .containsExactly("assignment-7");
    }
    before.close();
  }

  @Test
  void a_line_that_a_crash_tore_is_skipped_and_what_follows_is_read() throws IOException {
    try (RouteDecisionFiles before = new RouteDecisionFiles(folder, clock)) {
      before.keep(decision("a")).join();
    }
    Files.writeString(files().getFirst(), "{\"at\":1,\"deci", StandardOpenOption.APPEND);
    now = now.plusMillis(1);
    try (RouteDecisionFiles next = new RouteDecisionFiles(folder, clock)) {
      next.keep(decision("b")).join();

      assertThat(next.read()).extracting(Kept::name).containsExactly("a", "b");
    }
  }

  @Test
  void what_is_older_than_an_hour_is_not_taken_over_and_its_files_go() throws IOException {
    try (RouteDecisionFiles before = new RouteDecisionFiles(folder, clock)) {
      before.keep(decision("a")).join();
    }

    now = now.plus(Duration.ofMinutes(61));

    try (RouteDecisionFiles after = new RouteDecisionFiles(folder, clock)) {
      assertThat(after.read()).isEmpty();
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void a_disk_that_takes_nothing_confirms_nothing_and_is_tried_again() throws IOException {
    Files.writeString(folder.resolve("routed"), "in the way");
    try (RouteDecisionFiles files = new RouteDecisionFiles(folder, clock)) {
      assertThat(files.keep(decision("a"))).failsWithin(Duration.ofSeconds(10));

      Files.delete(folder.resolve("routed"));

      assertThat(files.keep(decision("a"))).succeedsWithin(Duration.ofSeconds(10));
      assertThat(files.read()).extracting(Kept::name).containsExactly("a");
    }
  }
}
