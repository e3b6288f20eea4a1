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
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Shards that nodes run, and lose.
final class ShardNodesTest {
  private static final Circuit CIRCUIT =
      Programs.circuit(
          "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c;"
              + " ry(0.7) q[0]; cx q[0], q[1]; ry(1.1) q[2]; c = measure q;");
  private static final List<Shard> PLAN = Shard.split("job-1", 1_000, 7, 8);

  private final CircuitSimulator simulator = new CircuitSimulator();
  private final RunOptions options =
      RunOptions.of(1_000, 7, 1 << 20)
          .with(Outputs.COUNTS.withObservables(List.of(PauliSum.parse("o", "Z0*Z1 - 0.3*X2"))));

  @Test
  void the_result_is_the_same_whoever_runs_the_shards() {
    SimulationResult alone = result(List.of());

    assertThat(result(List.of(new Node("node:a", 1)))).isEqualTo(alone);
    assertThat(result(List.of(new Node("node:a", 2), new Node("node:b", 1)))).isEqualTo(alone);
    assertThat(result(List.of(new Node("node:a", 8)))).isEqualTo(alone);
  }

  @Test
  void each_node_gets_shards_and_the_record_names_who_ran_which() {
    ShardedRun.Outcome outcome =
        run(List.of(new Node("node:a", 1), new Node("node:b", 1)), CancelSignal.NEVER);

    assertThat(outcome.records()).hasSize(8);
    assertThat(outcome.records().stream().map(record -> record.last().shard())).isEqualTo(PLAN);
    assertThat(new HashSet<>(outcome.records().stream().map(r -> r.last().runner()).toList()))
        .contains("node:a", "node:b");
    assertThat(outcome.records()).allMatch(record -> record.losses().isEmpty());
  }

  @Test
  void a_shard_that_a_node_lost_is_run_elsewhere() {
    Node broken = new Node("node:a", 2);
    broken.fails = true;

    ShardedRun.Outcome outcome = run(List.of(broken), CancelSignal.NEVER);

    assertThat(outcome.merged().result()).contains(result(List.of()));
    ShardRecord first = outcome.records().getFirst();
    assertThat(first.last()).isEqualTo(new ShardTurn(PLAN.getFirst(), 2, "here"));
    assertThat(first.losses())
        .containsExactly(
            new ShardRecord.Loss(new ShardTurn(PLAN.getFirst(), 1, "node:a"), "it broke"));
    assertThat(broken.asked).as("one that loses a shard gets no more").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void a_node_that_cannot_even_begin_loses_the_shard() {
    Node wrecked = new Node("node:a", 2);
    wrecked.throwsAtOnce = true;

    ShardedRun.Outcome outcome = run(List.of(wrecked), CancelSignal.NEVER);

    assertThat(outcome.merged().result()).contains(result(List.of()));
    assertThat(outcome.records().getFirst().losses())
        .extracting(ShardRecord.Loss::reason)
        .containsExactly("it is a wreck");
  }

  @Test
  void a_node_that_is_out_of_reach_loses_what_it_has_and_its_late_answer_changes_nothing() {
    Node silent = new Node("node:a", 1);
    silent.holds = true;
    ShardBoard board = new ShardBoard(PLAN);
    NodeShards nodes = new NodeShards(board, List.of(silent));
    nodes.look();
    ShardTurn late = silent.asked.getFirst();

    silent.slots = 0;
    nodes.look();
    ShardTurn again = board.take("here").orElseThrow();

    assertThat(again).isEqualTo(new ShardTurn(late.shard(), 2, "here"));
    assertThat(silent.answers.getFirst().isCancelled()).isTrue();
    SimulationResult result = Programs.run(CIRCUIT, 125, 7);
    assertThat(board.came(late, result)).as("an older go does not count").isFalse();
    assertThat(board.lost(late, "late")).isFalse();
    assertThat(board.came(again, result)).isTrue();
    assertThat(board.came(again, result)).as("once is enough").isFalse();
    assertThat(board.results()).hasSize(1);
  }

  @Test
  void a_run_waits_for_what_nodes_have_and_a_cancel_ends_the_wait() {
    Node silent = new Node("node:a", 8);
    silent.holds = true;

    assertThatThrownBy(() -> run(List.of(silent), () -> silent.asked.size() == 8))
        .hasMessageContaining("QUANTUM_CANCELLED");

    assertThat(silent.answers).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void an_answer_that_cannot_be_the_shards_is_not_believed() {
    CircuitSimulator.Choice choice = simulator.choose(CIRCUIT, SimulationMethod.AUTO, options);
    PortableRun run =
        PortableRun.of(CIRCUIT, choice, options, CancelSignal.NEVER).run().orElseThrow();
    Shard shard = PLAN.getFirst();
    SimulationResult good = Node.answered(run, shard);
    TreeMap<String, String> facts = new TreeMap<>(PortableRun.facts(good));

    assertThat(run.result(shard, good.counts(), facts)).isEqualTo(good);
    facts.put("seed", "8");
    assertThatThrownBy(() -> run.result(shard, good.counts(), facts)).hasMessageContaining("seed");
    facts.put("seed", "7");
    TreeMap<String, Long> fewer = new TreeMap<>(good.counts());
    fewer.pollFirstEntry();
    assertThatThrownBy(() -> run.result(shard, fewer, facts)).hasMessageContaining("counts");
    facts.remove("expectations");
    assertThatThrownBy(() -> run.result(shard, good.counts(), facts))
        .hasMessageContaining("expectations");
  }

  @Test
  void what_text_cannot_carry_stays_here() {
    CircuitSimulator.Choice choice = simulator.choose(CIRCUIT, SimulationMethod.AUTO, options);

    PortableRun.Form form =
        PortableRun.of(
            CIRCUIT, choice, options.with(Outputs.COUNTS.withMemory()), CancelSignal.NEVER);

    assertThat(form.run()).isEmpty();
    assertThat(form.trouble()).contains("memory");
  }

  private SimulationResult result(List<Node> nodes) {
    return run(nodes, CancelSignal.NEVER).merged().result().orElseThrow();
  }

  private ShardedRun.Outcome run(List<Node> nodes, CancelSignal cancel) {
    CircuitSimulator.Choice choice = simulator.choose(CIRCUIT, SimulationMethod.AUTO, options);
    ShardedRun run =
        new ShardedRun(simulator, simulator.workers(), PLAN, new MergePolicy.All(), "here");
    PortableRun portable =
        PortableRun.of(CIRCUIT, choice, run.ofShards(options), CancelSignal.NEVER)
            .run()
            .orElseThrow();
    nodes.forEach(node -> node.run = portable);
    return run.run(CIRCUIT, choice, options, nodes, cancel, ProgressListener.NONE);
  }

  /// A node in this process, by the text that a real one would get.
  private static final class Node implements ShardNode {
    private final String id;
    private final List<ShardTurn> asked = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<SimulationResult>> answers = new CopyOnWriteArrayList<>();
    private int slots;
    private boolean fails;
    private boolean holds;
    private boolean throwsAtOnce;
    private PortableRun run =
        new PortableRun(
            "",
            CIRCUIT,
            new CircuitSimulator.Choice(SimulationMethod.STATEVECTOR, ""),
            RunOptions.of(1, 0, 0));

    Node(String id, int slots) {
      this.id = id;
      this.slots = slots;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public int slots() {
      return slots;
    }

    @Override
    public CompletableFuture<SimulationResult> run(ShardTurn turn) {
      asked.add(turn);
      if (throwsAtOnce) {
        throw new IllegalStateException("it is a wreck");
      }
      CompletableFuture<SimulationResult> answer = new CompletableFuture<>();
      answers.add(answer);
      if (fails) {
        answer.completeExceptionally(new IllegalStateException("it broke"));
      } else if (!holds) {
        answer.completeAsync(() -> answered(run, turn.shard()));
      }
      return answer;
    }

    static SimulationResult answered(PortableRun run, Shard shard) {
      SimulationResult there =
          PortableRun.run(
              new CircuitSimulator(),
              run.program().getBytes(StandardCharsets.UTF_8),
              shard.shots(),
              run.told(shard),
              1 << 20,
              CancelSignal.NEVER);
      return run.result(shard, there.counts(), PortableRun.facts(there));
    }
  }
}
