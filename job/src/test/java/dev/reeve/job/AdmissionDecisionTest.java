package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AdmissionDecisionTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "job-states.md");
  private static final List<String> PARENTS = List.of("p3", "p1", "p2");

  @Test
  void every_decision_of_policy_with_and_without_open_parents_is_as_written() {
    StringBuilder rows = new StringBuilder("| policy says | open parents | events | state |\n");
    rows.append("| --- | --- | --- | --- |\n");

    for (Verdict.Decision decision : Verdict.Decision.values()) {
      for (Set<String> open : List.of(Set.<String>of(), Set.of("p1", "p2"))) {
        Admission admission = JobSamples.admission(decision, PARENTS, JobSamples.LIMITS);
        List<JobEvent> events = JobDecider.admit(admission, open, JobSamples.LATER);
        Job job = JobEvolution.evolve(Job.created(1, admission), events);
        rows.append(
            "| %s | %s | %s | %s |%n"
                .formatted(
                    decision,
                    open.isEmpty() ? "none" : "some",
                    Cell.names(events),
                    job.state().name()));
      }
    }

    Golden.holdSection(PAGE, "admission", rows.toString());
  }

  @Test
  void open_parents_are_waited_for_in_the_order_given_whatever_the_set_says() {
    Admission admission =
        JobSamples.admission(
            Verdict.Decision.ALLOW, List.of("p3", "p1", "p3", "p2"), JobSamples.LIMITS);

    List<JobEvent> events = JobDecider.admit(admission, Set.of("p1", "p3", "px"), 0);

    assertThat(events)
        .containsExactly(new JobEvent.Waiting(JobSamples.CREATED, List.of("p3", "p1")));
  }

  @Test
  void a_denial_carries_the_words_of_policy() {
    Admission admission = JobSamples.admission(Verdict.Decision.DENY, List.of(), JobSamples.LIMITS);

    assertThat(JobDecider.admit(admission, Set.of(), 0))
        .containsExactly(new JobEvent.Denied(JobSamples.CREATED, "POLICY_DENIED", "because"));
  }

  @Test
  void a_hold_without_expiry_waits_for_ever() {
    Admission admission =
        JobSamples.admission(Verdict.Decision.REQUIRE_APPROVAL, List.of(), JobSamples.LIMITS);

    Job job =
        JobEvolution.evolve(Job.created(1, admission), JobDecider.admit(admission, Set.of(), 0));

    assertThat(job.dueAtMicros()).isEqualTo(Long.MAX_VALUE);
  }
}
