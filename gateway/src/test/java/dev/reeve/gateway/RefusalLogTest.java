package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {
  private final List<String> lines = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1;
  private final RefusalLog log = new RefusalLog(() -> nanos, lines::add);

  @Test
  void an_outage_is_told_once_in_ten_seconds_with_what_was_left_out() {
    for (int i = 0; i < 1_000; i++) {
      log.add(refusal("disk full"));
    }
    nanos += Duration.ofSeconds(10).toNanos();
    log.add(refusal("still full"));

    assertThat(lines)
        .containsExactly(
            "refused reason=REQUEST_INVALID detail=disk full",
            "refused reason=REQUEST_INVALID left_out=999 detail=still full");
  }

  @Test
  void what_has_no_private_detail_is_not_told() {
    log.add(GatewayProblems.REQUEST_INVALID.because("no"));

    assertThat(lines).isEmpty();
  }

  private static Problem refusal(String detail) {
    return GatewayProblems.REQUEST_INVALID.because("no").withDetail(detail);
  }
}
