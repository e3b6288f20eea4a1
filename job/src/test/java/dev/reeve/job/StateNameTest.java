package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StateNameTest {
  @Test
  void stored_ordinals_and_names_never_change() {
    assertThat(Arrays.toString(StateName.values()))
        .startsWith(
            "[PENDING, AWAITING_APPROVAL, THROTTLED, COMPILING, QUEUED, EXECUTING, REVIEWING,"
                + " COMPLETED, DENIED, QUARANTINED, FAILED, CANCELLED, TIMED_OUT");
    assertThat(Arrays.toString(Verdict.Decision.values()))
        .startsWith("[ALLOW, DENY, REQUIRE_APPROVAL, THROTTLE");
  }

  @Test
  void each_state_type_has_its_own_name() {
    assertThat(StateCase.all().stream().map(row -> row.job().state().getClass()).distinct())
        .hasSize(JobState.class.getPermittedSubclasses().length)
        .hasSameSizeAs(StateName.values());
  }
}
