package dev.reeve.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.JobEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Many short histories with all kinds of trouble; the same ones in every build. `-Dseeds=N` makes
/// up N new ones instead, `-Dreeve.seed=S` repeats one, `-Dsteps=N` makes each longer or shorter.
class EngineSim {
  private static final int FIXED_SEEDS = 300;
  private static final int STEPS = Integer.getInteger("steps", 600);

  @Test
  void every_promise_holds_in_every_history() {
    Happened happened = new Happened();
    Long only = Long.getLong("reeve.seed");
    Integer fresh = Integer.getInteger("seeds");
    long first = only != null ? only : fresh != null ? System.nanoTime() : 1;
    int count = only != null ? 1 : fresh != null ? fresh : FIXED_SEEDS;

    for (long seed = first; seed < first + count; seed++) {
      run(seed, happened);
    }

    System.out.println(count + " histories from seed " + first + ": " + happened);
    if (first == 1) {
      assertThat(happened.counts().keySet()).containsAll(expected());
    }
  }

  @Test
  void the_same_seed_makes_the_same_history() {
    Simulation once = new Simulation(7, new Happened());
    Simulation again = new Simulation(7, new Happened());
    Simulation other = new Simulation(8, new Happened());

    once.run(STEPS);
    again.run(STEPS);
    other.run(STEPS);

    assertThat(again.digest()).isEqualTo(once.digest()).isNotEqualTo(other.digest());
  }

  private static void run(long seed, Happened happened) {
    try {
      new Simulation(seed, happened).run(STEPS);
    } catch (SimulationFailure failure) {
      throw new AssertionError(
          "seed %d; repeat with: mvn -pl simulation -am package -Dtest=EngineSim -Dreeve.seed=%d -Dsteps=%d -Dsurefire.failIfNoSpecifiedTests=false"
              .formatted(seed, seed, STEPS),
          failure);
    }
  }

  /// What the fixed histories must have in them, so that nobody calms them by mistake.
  private static List<String> expected() {
    List<String> expected = new ArrayList<>();
    Arrays.stream(JobEvent.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .filter(type -> !type.equals("Approved")) // only of old
        .filter(type -> !type.startsWith("HeldOutput")) // after the end, and not counted
        .forEach(expected::add);
    for (Trouble.Kind kind : Trouble.Kind.values()) {
      expected.add("trouble " + kind);
    }
    expected.addAll(
        Set.of(
            "CANCELLED",
            "COMPLETED",
            "DENIED APPROVAL_EXPIRED",
            "DENIED APPROVAL_REJECTED",
            "DENIED POLICY_DENIED",
            "DENIED POLICY_REVOKED",
            "rules changed",
            "throttled at submit",
            "FAILED BROKEN",
            "FAILED DEPENDENCY_FAILED",
            "FAILED OUTCOME_UNKNOWN",
            "QUARANTINED",
            "TIMED_OUT DEADLINE_EXCEEDED",
            "TIMED_OUT RUN_TIMEOUT",
            "refused COMMIT_UNKNOWN",
            "refused DISPATCH_FENCED",
            "refused JOB_ID_TAKEN",
            "refused OWNERSHIP_LOST",
            "refused PERMIT_STALE",
            "refused STORE_FULL",
            "refused STORE_UNAVAILABLE",
            "replayed",
            "watched in the store",
            "watched in the tail"));
    return expected;
  }
}
