package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private final InstantSource clock = InstantSource.system();
  private final DocumentsInMemory store = new DocumentsInMemory();
  private Check answer = Check.passed("probe");

  @TempDir private Path data;

  @Test
  void the_canaries_are_refused_by_the_gate() {
    GateCanaries canaries = new GateCanaries(new SecureRandom());

    assertThat(canaries.largePayload().ok()).isTrue();
    assertThat(canaries.fusionAction().ok()).isTrue();
  }

  @Test
  void a_failure_that_may_pass_leaves_reads_and_ends_by_itself() {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    Heartbeat heartbeat = new Heartbeat(posture, clock).with("probe", () -> answer);

    answer = failed(PostureTrigger.TRANSIENT_FAILURE);
    heartbeat.beat();
    assertThat(posture.state().posture()).isEqualTo(Posture.DEFENSIVE);
    assertThat(posture.state().lets(false)).isTrue();
    assertThat(posture.state().lets(true)).isFalse();
    answer = Check.passed("probe");
    heartbeat.beat();

    assertThat(posture.state().posture()).isEqualTo(Posture.NORMAL);
  }

  @Test
  void a_broken_chain_locks_the_server_until_a_person_unlocks_it() {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    Heartbeat heartbeat = new Heartbeat(posture, clock).with("probe", () -> answer);

    answer = failed(PostureTrigger.RECEIPT_CHAIN_BROKEN);
    heartbeat.beat();
    answer = Check.passed("probe");
    heartbeat.beat();

    assertThat(posture.state().isLocked()).isTrue();
    PostureKeeper restarted = PostureKeeper.open(data, clock, store);
    assertThat(restarted.state().isLocked()).isTrue();
    restarted.set(Posture.NORMAL, "looked at it");
    assertThat(PostureKeeper.open(data, clock, store).state().posture()).isEqualTo(Posture.NORMAL);
  }

  @Test
  void a_check_that_ends_by_a_defect_counts_as_failed() {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    Heartbeat heartbeat =
        new Heartbeat(posture, clock)
            .with(
                "probe",
                () -> {
                  throw new IllegalStateException("broken check");
                });

    heartbeat.beat();

    assertThat(heartbeat.last().orElseThrow().failedNames()).isEqualTo("probe=CANARY_ERROR");
    assertThat(posture.state().isLocked()).isTrue();
  }

  @Test
  void a_posture_that_cannot_be_read_is_taken_for_locked() throws IOException {
    Files.createDirectories(data.resolve("governance"));
    Files.writeString(data.resolve("governance").resolve("posture.json"), "{");

    assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
  }

  @Test
  void a_lock_stands_when_its_file_is_gone_edited_or_put_back() throws IOException {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    posture.set(Posture.DEFENSIVE, "drill");
    Path file = data.resolve("governance").resolve("posture.json");
    String older = Files.readString(file);
    posture.set(Posture.FAIL_CLOSED, "drill");
    String locked = Files.readString(file);

    Files.delete(file);
    assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
    assertThat(file).hasContent(locked);
    for (String other : List.of(older, "{", locked.replace("FAIL_CLOSED", "NORMAL"))) {
      Files.writeString(file, other);
      assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
      assertThat(file).hasContent(locked);
    }
  }

  @Test
  void a_lock_that_was_ended_does_not_come_back_with_an_old_file() throws IOException {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    posture.set(Posture.FAIL_CLOSED, "drill");
    Path file = data.resolve("governance").resolve("posture.json");
    String older = Files.readString(file);
    posture.set(Posture.NORMAL, "over");

    Files.writeString(file, older);

    assertThat(PostureKeeper.open(data, clock, store).state().posture()).isEqualTo(Posture.NORMAL);
  }

  @Test
  void a_lock_that_the_file_alone_has_stands() {
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    posture.set(Posture.NORMAL, "looked at it");
    store.fail();
    posture.trigger(PostureTrigger.RECEIPT_CHAIN_BROKEN, "while the store is down");
    assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
    store.mend();

    assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
    store.forgetAll();
    assertThat(PostureKeeper.open(data, clock, store).state().isLocked()).isTrue();
  }

  private static Check failed(PostureTrigger trigger) {
    return Check.failed("probe", "PROBE_FAILED", "a test", trigger);
  }
}
