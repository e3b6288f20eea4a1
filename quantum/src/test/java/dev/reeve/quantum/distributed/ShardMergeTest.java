package dev.reeve.quantum.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.quantum.simulator.Workers;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Shots that are split and put together again.
final class ShardMergeTest {
  private static final Circuit COIN =
      Programs.circuit("OPENQASM 3.0; qubit q; bit c; U(pi / 2, 0, pi) q; c = measure q;");
  private static final List<Shard> PLAN = Shard.split("job-1", 10, 7, 4);

  @Test
  void shots_are_split_evenly_with_a_seed_for_each_shard() {
    assertThat(PLAN)
        .containsExactly(
            new Shard("job-1-shard-000", 3, 7),
            new Shard("job-1-shard-001", 3, 8),
            new Shard("job-1-shard-002", 2, 9),
            new Shard("job-1-shard-003", 2, 10));
    assertThat(Shard.split("job-1", 2, 0, 64)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "all, 4, 0, ALL_SHARDS_MERGED",
    "all, 3, 1, FAILED_SHARDS_PRESENT",
    "all, 3, 0, MISSING_EXPECTED_SHARDS",
    "quorum, 3, 1, QUORUM_SATISFIED",
    "quorum, 2, 2, QUORUM_NOT_REACHED",
    "weighted, 2, 2, QUORUM_SATISFIED",
    "weighted, 1, 3, QUORUM_NOT_REACHED",
    "best, 1, 3, PARTIAL_MERGE_COMPLETED",
    "best, 0, 4, FAILED_SHARDS_PRESENT",
  })
  void a_policy_decides_what_is_enough(String policy, int came, int failed, MergeReason reason) {
    TreeMap<String, SimulationResult> results = new TreeMap<>();
    for (Shard shard : PLAN.subList(0, came)) {
      results.put(shard.id(), run(shard.shots(), shard.seed()));
    }
    Set<String> gone = failed == 0 ? Set.of() : Set.of("job-1-shard-003");

    ShardMerge.Merged merged =
        ShardMerge.merge(
            PLAN,
            results,
            gone,
            switch (policy) {
              case "all" -> new MergePolicy.All();
              case "quorum" -> new MergePolicy.Quorum(3);
              case "weighted" -> new MergePolicy.WeightedQuorum(0.6);
              default -> new MergePolicy.BestEffort();
            });

    assertThat(merged.reason()).isEqualTo(reason);
    assertThat(merged.result().isPresent()).isEqualTo(reason.isMerged());
    merged
        .result()
        .ifPresent(result ->
            assertThat(result.counts().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(PLAN.subList(0, came).stream().mapToInt(Shard::shots).sum()));
  }

  @Test
  void a_shard_with_other_shots_than_its_own_spoils_the_merge() {
    TreeMap<String, SimulationResult> results = new TreeMap<>();
    results.put("job-1-shard-000", run(2, 7));

    assertThat(ShardMerge.merge(PLAN, results, Set.of(), new MergePolicy.BestEffort()).reason())
        .isEqualTo(MergeReason.MERGE_VALIDATION_FAILED);
  }

  @Test
  void shards_run_side_by_side_and_means_are_weighted() {
    CircuitSimulator simulator = new CircuitSimulator();
    RunOptions options =
        RunOptions.of(10, 7, 1 << 20)
            .with(
                Outputs.COUNTS
                    .withMemory()
                    .withObservables(List.of(PauliSum.parse("observable", "X0"))));
    CircuitSimulator.Choice choice = simulator.choose(COIN, SimulationMethod.STATEVECTOR, options);
    Workers workers = Workers.of(ForkJoinPool.commonPool(), 3);

    SimulationResult result =
        new ShardedRun(simulator, workers, PLAN, new MergePolicy.All(), "here")
            .run(COIN, choice, options, CancelSignal.NEVER, ProgressListener.NONE)
            .merged()
            .result()
            .orElseThrow();

    assertThat(result.shots()).isEqualTo(10);
    assertThat(result.found().memory()).hasSize(10);
    assertThat(result.found().expectations().getFirst().value()).isBetween(0.999, 1.001);
    assertThatThrownBy(() ->
            new ShardedRun(simulator, workers, PLAN, new MergePolicy.All(), "here")
                .run(COIN, choice, options, () -> true, ProgressListener.NONE))
        .hasMessageContaining("QUANTUM_CANCELLED");
    assertThatThrownBy(() ->
            new ShardedRun(simulator, workers, PLAN, new MergePolicy.All(), "here")
                .run(
                    COIN,
                    choice,
                    RunOptions.of(10, 7, 0),
                    CancelSignal.NEVER,
                    ProgressListener.NONE))
        .hasMessageContaining("SIMULATION_MEMORY_EXCEEDED");
  }

  private static SimulationResult run(int shots, long seed) {
    return Programs.run(COIN, shots, seed);
  }
}
