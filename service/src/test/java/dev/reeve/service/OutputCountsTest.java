package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.policy.OutputRule.Action;
import dev.reeve.service.OutputCounts.Count;
import dev.reeve.service.OutputCounts.Source;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputCountsTest {
  private final OutputCounts counts = new OutputCounts();

  @Test
  void outputs_are_counted_by_whose_they_are_what_became_of_them_and_why() {
    counts.count(Source.MODEL, Action.ALLOW, "");
    counts.count(Source.JOB, Action.QUARANTINE, "keys");
    counts.count(Source.JOB, Action.QUARANTINE, "keys");
    counts.count(Source.JOB, Action.ALLOW, "");

    assertThat(counts.all())
        .containsExactlyInAnyOrder(
            new Count(Source.JOB, Action.ALLOW, "", 1),
            new Count(Source.JOB, Action.QUARANTINE, "keys", 2),
            new Count(Source.MODEL, Action.ALLOW, "", 1));
    assertThat(counts.all().getFirst().source()).isEqualTo(Source.JOB);
  }

  @Test
  void rules_that_come_and_go_cost_no_memory_without_end() {
    IntStream.range(0, 10_000)
        .parallel()
        .forEach(rule -> counts.count(Source.JOB, Action.REDACT, "rule-" + rule));

    assertThat(counts.all()).hasSizeBetween(4_000, 4_200);
    assertThat(counts.all().stream().mapToLong(Count::count).sum()).isEqualTo(10_000);
    assertThat(counts.all())
        .anyMatch(
            count -> count.ruleId().equals(OutputCounts.OTHER_RULES) && count.count() > 5_000);
  }
}
