package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void a_few_outcomes_stand_in_the_order_of_their_bits() {
    List<String> lines = Histogram.lines(Map.of("11", 3L, "00", 1L, "01", 0L), 40, false);

    assertThat(lines)
        .containsExactly(
            "00  ########                  1   25.0 %",
            "01                            0    0.0 %", "11  ########################  3   75.0 %");
  }

  @Test
  void many_outcomes_are_cut_to_the_most_frequent() {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      counts.put("%07d".formatted(i), (long) i);
    }

    List<String> lines = Histogram.lines(counts, 80, true);

    assertThat(lines).hasSize(17);
    assertThat(lines.getFirst()).startsWith("0000099").contains("█".repeat(40));
    assertThat(lines.getLast()).isEqualTo("and 84 more outcomes, 70.4 %");
  }

  @Test
  void no_outcome_at_all_draws_nothing() {
    assertThat(Histogram.lines(Map.of(), 80, true)).isEmpty();
  }

  @Test
  void no_line_is_wider_than_the_terminal() {
    List<String> lines = Histogram.lines(Map.of("0000", 1_000_000L, "1111", 1L), 50, true);

    assertThat(lines).allMatch(line -> line.length() <= 50);
  }
}
