package dev.reeve.quantum.distributed;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.quantum.simulator.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Runs the shards of a job on the calling thread and its helpers. A shard that fails does not stop
/// the others. For one job.
public final class ShardedRun {
  private final CircuitSimulator simulator;
  private final Workers workers;
  private final List<Shard> plan;
  private final MergePolicy policy;

  /// @param simulator runs each shard
  /// @param workers help with the shards
  public ShardedRun(
      CircuitSimulator simulator, Workers workers, List<Shard> plan, MergePolicy policy) {
    this.simulator = simulator;
    this.workers = workers;
    this.plan = List.copyOf(plan);
    this.policy = policy;
  }

  /// Runs a circuit. The memory of the run is shared by the shards that are at work at once.
  ///
  /// @throws dev.reeve.base.ProblemException `SHARDS_NOT_MERGED` when too few shards came, or the
  ///   refusal of the shards when all failed for the same reason; `QUANTUM_CANCELLED`
  public ShardMerge.Merged run(
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    ConcurrentMap<String, SimulationResult> results = new ConcurrentHashMap<>();
    ConcurrentMap<String, Problem> failed = new ConcurrentHashMap<>();
    int together = Math.min(plan.size(), workers.threads());
    workers.forEach(
        plan.size(),
        number -> {
          Shard shard = plan.get(number);
          RunOptions mine =
              new RunOptions(
                  shard.shots(),
                  shard.seed(),
                  options.memoryBytesMax() / together,
                  options.outputs(),
                  options.noise(),
                  options.precision());
          try {
            results.put(
                shard.id(), simulator.run(circuit, choice, mine, cancel, ProgressListener.NONE));
          } catch (ProblemException e) {
            if (e.problem().kind() == ProblemKind.CANCELLED) {
              throw e;
            }
            failed.put(shard.id(), e.problem());
          }
        });
    listener.progressed(1);
    return merged(results, new TreeMap<>(failed));
  }

  private ShardMerge.Merged merged(
      ConcurrentMap<String, SimulationResult> results, SortedMap<String, Problem> failed) {
    ShardMerge.Merged merged =
        ShardMerge.merge(plan, new TreeMap<>(results), failed.keySet(), policy);
    if (merged.result().isPresent()) {
      return merged;
    }
    List<Problem> reasons = new ArrayList<>(failed.values());
    if (reasons.size() == plan.size()
        && reasons.stream().map(Problem::reason).distinct().count() == 1) {
      throw reasons.getFirst().toException();
    }
    String first = reasons.isEmpty() ? "" : ": " + reasons.getFirst().message();
    throw QuantumProblems.SHARDS_NOT_MERGED
        .because(
            "%s, %d of %d shards came (expected: %s)%s"
                .formatted(
                    merged.reason().word(), merged.merged(), plan.size(), policy.word(), first))
        .with("merge_reason", merged.reason().word())
        .toException();
  }
}
