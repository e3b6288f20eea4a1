package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random lives of jobs. After every step: replay of the stored events equals the live job, and the
/// promises of the aggregate hold. Seed 0 stands for a fresh one; `-Djob.seed=N` repeats it. The
/// fixed seeds also show that nothing is missed: every event, command and end occurs.
final class JobReplaySim {
  private static final int STEPS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 0})
  void whatever_happens_to_a_job_replay_equals_live_and_its_promises_hold(long seed) {
    long used = seed != 0 ? seed : Long.getLong("job.seed", System.nanoTime());
    String repeat =
        "mvn -o -pl job -am package -Dtest=JobReplaySim"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djob.seed="
            + used;
    System.out.println("seed " + used + ": " + repeat);
    RandomLife life = new RandomLife(used);
    Map<String, Integer> ends = new TreeMap<>();
    int steps = 0;
    int jobs = 0;

    try {
      while (steps < STEPS) {
        jobs++;
        steps += life.liveOne(jobs);
        ends.merge(life.end(), 1, Integer::sum);
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + used + ", job " + jobs + ", repeat: " + repeat, e);
    }

    if (seed == 0) {
      return;
    }
    Set<String> made = names(JobEvent.class);
    made.remove("Approved"); // only of old, in favour of ApprovalGiven
    assertThat(life.eventTypes()).as("seed %s", used).isEqualTo(made);
    assertThat(life.commandTypes()).as("seed %s", used).isEqualTo(names(JobCommand.class));
    assertThat(ends)
        .as("seed %s", used)
        .containsKeys(
            "COMPLETED",
            "CANCELLED",
            "QUARANTINED PII_FOUND",
            "DENIED POLICY_DENIED",
            "DENIED POLICY_REVOKED",
            "DENIED APPROVAL_REJECTED",
            "DENIED APPROVAL_EXPIRED",
            "FAILED DEPENDENCY_FAILED",
            "FAILED EXIT_1",
            "FAILED INTERRUPTED_TOO_OFTEN",
            "FAILED OUTCOME_UNKNOWN",
            "FAILED THROTTLED_TOO_LONG",
            "TIMED_OUT DEADLINE_EXCEEDED",
            "TIMED_OUT RUN_TIMEOUT");
  }

  private static Set<String> names(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }
}
