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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private final InstantSource clock = InstantSource.system();
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
    PostureKeeper posture = PostureKeeper.open(data, clock);
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
    PostureKeeper posture = PostureKeeper.open(data, clock);
    Heartbeat heartbeat = new Heartbeat(posture, clock).with("probe", () -> answer);

    answer = failed(PostureTrigger.RECEIPT_CHAIN_BROKEN);
    heartbeat.beat();
    answer = Check.passed("probe");
    heartbeat.beat();

    assertThat(posture.state().isLocked()).isTrue();
    PostureKeeper restarted = PostureKeeper.open(data, clock);
    assertThat(restarted.state().isLocked()).isTrue();
    restarted.set(Posture.NORMAL, "looked at it");
    assertThat(PostureKeeper.open(data, clock).state().posture()).isEqualTo(Posture.NORMAL);
  }

  @Test
  void a_check_that_ends_by_a_defect_counts_as_failed() {
    PostureKeeper posture = PostureKeeper.open(data, clock);
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

    assertThat(PostureKeeper.open(data, clock).state().isLocked()).isTrue();
  }

  private static Check failed(PostureTrigger trigger) {
    return Check.failed("probe", "PROBE_FAILED", "a test", trigger);
  }
}
