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
import java.util.Optional;
import java.util.SortedMap;

/// Runs the shards of a job: here, on the calling thread and its helpers, and at nodes. Whoever is
/// free takes the next one; a shard that a node lost is run by another, in the end here. A shard
/// that fails here has failed, and does not stop the others. Which shards there are and what each
/// draws does not depend on who runs them, and so neither does the result. For one job.
public final class ShardedRun {
  /// How long the calling thread waits for nodes between two looks at them.
  private static final long LOOK_MS = 20;

  private final CircuitSimulator simulator;
  private final Workers workers;
  private final List<Shard> plan;
  private final MergePolicy policy;
  private final String here;

  /// @param simulator runs each shard
  /// @param workers help with the shards
  /// @param here what records call this process
  public ShardedRun(
      CircuitSimulator simulator,
      Workers workers,
      List<Shard> plan,
      MergePolicy policy,
      String here) {
    this.simulator = simulator;
    this.workers = workers;
    this.plan = List.copyOf(plan);
    this.policy = policy;
    this.here = here;
  }

  /// What came of it.
  ///
  /// @param merged the result
  /// @param records who ran what, in the order of the plan
  public record Outcome(ShardMerge.Merged merged, List<ShardRecord> records) {
    public Outcome {
      records = List.copyOf(records);
    }
  }

  /// A run here and nowhere else; see [#run(Circuit, CircuitSimulator.Choice, RunOptions, List,
  /// CancelSignal, ProgressListener)].
  public Outcome run(
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions options,
      CancelSignal cancel,
      ProgressListener listener) {
    return run(circuit, choice, options, List.of(), cancel, listener);
  }

  /// The memory of a run that is shared by the shards at work at once, which is the same number
  /// wherever a shard is run.
  public RunOptions ofShards(RunOptions options) {
    int together = Math.min(plan.size(), workers.threads());
    return options.withMemory(options.memoryBytesMax() / together);
  }

  /// Runs a circuit.
  ///
  /// @param nodes that help; they know the circuit, and run it as here
  /// @throws dev.reeve.base.ProblemException `SHARDS_NOT_MERGED` when too few shards came, or the
  ///   refusal of the shards when all failed for the same reason; `QUANTUM_CANCELLED`
  public Outcome run(
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions options,
      List<? extends ShardNode> nodes,
      CancelSignal cancel,
      ProgressListener listener) {
    ShardBoard board = new ShardBoard(plan);
    NodeShards elsewhere = new NodeShards(board, nodes);
    RunOptions each = ofShards(options);
    try {
      while (!board.isSettled()) {
        if (cancel.isCancelled()) {
          throw QuantumProblems.QUANTUM_CANCELLED.because("the run was cancelled").toException();
        }
        elsewhere.look();
        int open = board.open();
        if (open > 0) {
          workers.forEach(
              Math.min(open, workers.threads()),
              _ -> take(board, elsewhere, circuit, choice, each, cancel));
        } else {
          await(board);
        }
        listener.progressed(board.fraction());
      }
    } finally {
      elsewhere.close();
    }
    return new Outcome(merged(board), board.records());
  }

  /// Runs open shards until there are none.
  private void take(
      ShardBoard board,
      NodeShards elsewhere,
      Circuit circuit,
      CircuitSimulator.Choice choice,
      RunOptions each,
      CancelSignal cancel) {
    for (Optional<ShardTurn> next = board.take(here); next.isPresent(); next = board.take(here)) {
      ShardTurn turn = next.get();
      RunOptions mine = each.with(turn.shard().shots(), turn.shard().seed());
      try {
        SimulationResult result =
            simulator.run(circuit, choice, mine, cancel, ProgressListener.NONE);
        boolean _ = board.came(turn, result);
      } catch (ProblemException e) {
        if (e.problem().kind() == ProblemKind.CANCELLED) {
          throw e;
        }
        board.failed(turn, e.problem());
      }
      elsewhere.look();
    }
  }

  private static void await(ShardBoard board) {
    try {
      board.await(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw QuantumProblems.QUANTUM_CANCELLED.because("the run was interrupted").toException();
    }
  }

  private ShardMerge.Merged merged(ShardBoard board) {
    SortedMap<String, Problem> failed = board.failures();
    ShardMerge.Merged merged = ShardMerge.merge(plan, board.results(), failed.keySet(), policy);
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
