package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.service.RegisteredAction;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How large a message is, known from its way here or measured.
final class SizesTest {
  private static final int BYTES_MAX = 320;
  private static final RegisteredAction ACTION =
      new RegisteredAction(
          "action:policy:check",
          false,
          RegisteredAction.Risk.LOW,
          RegisteredAction.Mode.INLINE,
          BYTES_MAX,
          RegisteredAction.Access.READ);

  private final LimitsStation limits =
      new LimitsStation(
          1,
          new RateLimits(CallRate.DEFAULT, () -> 0),
          new ClientBudgets(Optional.empty(), () -> 0),
          new CallShares(1));

  private static PolicyCheckRequest message(int bytes) {
    return PolicyCheckRequest.newBuilder().setJobId("x".repeat(bytes - 3)).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {WireSize.UNKNOWN, 19, 20, 21, BYTES_MAX, 1_000})
  void a_message_over_the_limit_is_refused_unless_it_came_in_a_sixteenth(int wireBytes) {
    assertThat(limits.size(ACTION, message(BYTES_MAX), wireBytes)).isEmpty();
    assertThat(limits.size(ACTION, message(BYTES_MAX + 1), wireBytes).isEmpty())
        .isEqualTo(wireBytes >= 0 && wireBytes <= BYTES_MAX / 16);
  }

  @Test
  void the_size_of_the_last_message_is_known_once() {
    PolicyCheckRequest first = message(200);
    PolicyCheckRequest second = message(200);

    WireSize.read(first, 7);
    WireSize.read(second, 9);

    assertThat(WireSize.take(second)).isEqualTo(9);
    assertThat(WireSize.take(second)).isEqualTo(WireSize.UNKNOWN);
    WireSize.read(first, 7);
    assertThat(WireSize.take(second)).isEqualTo(WireSize.UNKNOWN);
  }
}
