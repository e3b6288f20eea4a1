package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.DispatchId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstSignsTest {
  private static final DispatchId ONE = new DispatchId(1, 1, 1);
  private static final DispatchId TWO = new DispatchId(1, 2, 1);

  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final List<DispatchId> reported = new ArrayList<>();
  private final FirstSigns signs = new FirstSigns(later::add);

  private void add(DispatchId dispatch) {
    signs.add(dispatch, () -> reported.add(dispatch));
  }

  private void pause() {
    later.remove().run();
  }

  @Test
  void all_that_began_meanwhile_is_reported_after_a_pause() {
    add(ONE);
    add(TWO);
    assertThat(reported).isEmpty();

    pause();

    assertThat(reported).containsExactly(ONE, TWO);
    assertThat(signs.take(ONE)).isFalse();
    assertThat(later).isEmpty();
  }

  @Test
  void an_attempt_that_ended_before_is_not_reported() {
    add(ONE);
    add(TWO);

    assertThat(signs.take(ONE)).isTrue();

    pause();
    assertThat(reported).containsExactly(TWO);
  }

  @Test
  void what_begins_after_a_pause_waits_for_the_next() {
    add(ONE);
    pause();

    add(TWO);
    assertThat(reported).containsExactly(ONE);
    pause();

    assertThat(reported).containsExactly(ONE, TWO);
  }
}
