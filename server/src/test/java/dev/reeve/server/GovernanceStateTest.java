package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.governance.boot.DefaultGenome;
import dev.reeve.governance.boot.Posture;
import dev.reeve.service.RegisteredAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When jobs may start.
class GovernanceStateTest {
  private final InstantSource clock = InstantSource.system();

  private final DocumentsInMemory store = new DocumentsInMemory();

  @TempDir private Path data;

  @Test
  void jobs_start_while_the_root_the_heartbeat_and_the_posture_stand() throws IOException {
    GovernanceKeeper keeper =
        new GovernanceKeeper(
            new ServerConfig.Governance(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30)),
            data,
            clock,
            _ -> {},
            new AcceptedGenomes(data, "", store));
    PostureKeeper posture = PostureKeeper.open(data, clock, store);
    Heartbeat heartbeat = new Heartbeat(posture, clock);
    GovernanceState state = new GovernanceState(keeper, heartbeat, posture);

    assertThat(state.holdsBack()).isNotEmpty();
    keeper.open(List.of(new DefaultGenome.Action("action:job:run", "C")), new SecureRandom());
    assertThat(state.holdsBack()).startsWith("HEARTBEAT_FAIL_CLOSED");
    heartbeat.beat();
    assertThat(state.holdsBack()).isEmpty();

    posture.set(Posture.DEFENSIVE, "drill");
    assertThat(state.holdsBack()).startsWith("POSTURE_VIOLATION").contains("DEFENSIVE");
    RegisteredAction question =
        new RegisteredAction(
            "action:policy:check",
            true,
            RegisteredAction.Risk.LOW,
            RegisteredAction.Mode.INLINE,
            1024,
            RegisteredAction.Access.READ);
    assertThat(state.refusal(question)).isEmpty();
    assertThat(
            state.refusal(
                RegisteredAction.write("action:job:submit", RegisteredAction.Mode.BLOCKING)))
        .isPresent();
    posture.set(Posture.FAIL_CLOSED, "drill");
    assertThat(state.refusal(question)).isPresent();
    assertThat(state.holdsBack()).startsWith("POSTURE_VIOLATION").contains("FAIL_CLOSED");
    posture.set(Posture.NORMAL, "over");
    assertThat(state.holdsBack()).isEmpty();

    Path treaty = data.resolve("treaty.yaml");
    Path away = data.resolve("treaty.away");
    Files.move(treaty, away);
    keeper.look();
    keeper.look();
    assertThat(state.holdsBack()).startsWith("TREATY_UNAVAILABLE");
    Files.move(away, treaty);
    keeper.look();
    keeper.look();
    assertThat(state.holdsBack()).isEmpty();
  }
}
