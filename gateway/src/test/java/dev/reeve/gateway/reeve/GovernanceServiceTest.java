package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.ledger.Leaf;
import dev.reeve.service.ReceiptReader;
import dev.reeve.wire.reeve.v1.GetGenomeRequest;
import dev.reeve.wire.reeve.v1.GetPostureRequest;
import dev.reeve.wire.reeve.v1.GovernanceServiceGrpc;
import dev.reeve.wire.reeve.v1.Posture;
import dev.reeve.wire.reeve.v1.PostureState;
import dev.reeve.wire.reeve.v1.SetPostureRequest;
import dev.reeve.wire.reeve.v1.UnlockPostureRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GovernanceServiceTest {
  private final GatewayFixture fixture =
      GatewayFixture.start((services, archive) -> List.of(ReeveFixture.dialect(services, archive)));
  private final GovernanceServiceGrpc.GovernanceServiceBlockingStub governance =
      GovernanceServiceGrpc.newBlockingStub(fixture.channel());

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void a_locked_posture_is_unlocked_and_not_set_and_each_move_has_its_receipt() {
    PostureState locked = set(Posture.POSTURE_FAIL_CLOSED, "drill");

    assertThat(locked.getLocked()).isTrue();
    assertThat(locked.getDetail()).endsWith(": drill");
    assertThat(Refusals.of(() -> set(Posture.POSTURE_NORMAL, "over")))
        .startsWith("FAILED_PRECONDITION POSTURE_LOCKED");
    PostureState open =
        governance
            .unlockPosture(UnlockPostureRequest.newBuilder().setReason("drill over").build())
            .getState();
    assertThat(open.getPosture()).isEqualTo(Posture.POSTURE_NORMAL);
    assertThat(receipts())
        .contains("action:governance:set_posture", "action:governance:unlock_posture");
  }

  @Test
  void a_posture_is_not_moved_without_a_reason() {
    assertThat(Refusals.of(() -> set(Posture.POSTURE_DEFENSIVE, " ")))
        .isEqualTo("INVALID_ARGUMENT REQUEST_INVALID [reason]");
    assertThat(Refusals.of(() -> set(Posture.POSTURE_UNSPECIFIED, "x")))
        .isEqualTo("INVALID_ARGUMENT REQUEST_INVALID [posture]");
  }

  @Test
  void what_stands_against_a_genome_and_the_newest_heartbeat_are_told() {
    assertThat(governance.getGenome(GetGenomeRequest.getDefaultInstance()).getTroublesList())
        .containsExactly("GENOME_MISSING");
    assertThat(governance.getPosture(GetPostureRequest.getDefaultInstance()).getChecks(0).getName())
        .isEqualTo("storage");
  }

  private PostureState set(Posture posture, String reason) {
    return governance
        .setPosture(SetPostureRequest.newBuilder().setPosture(posture).setReason(reason).build())
        .getState();
  }

  private List<String> receipts() {
    long position = fixture.services().writer().head().position();
    return new ReceiptReader(fixture.archive())
        .list(position, 0, 100, _ -> true).entries().stream()
            .map(ReceiptReader.Entry::leaf)
            .map(Leaf::receipt)
            .map(receipt -> receipt.action())
            .toList();
  }
}
