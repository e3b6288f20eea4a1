package dev.reeve.service.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.distributed.Shard;
import dev.reeve.quantum.distributed.ShardNode;
import dev.reeve.quantum.distributed.ShardTurn;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.service.node.SimulatorNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Devices of drivers as nodes: who gets shards, and what is believed of their answers.
final class DriverNodesTest {
  private static final String VERSION = "1.2.3";
  private static final long MEMORY = 1 << 24;
  private static final Circuit BELL =
      OpenQasm.parse(
              "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0];"
                  + " cx q[0], q[1]; c = measure q;")
          .orThrow();
  private static final ShardTurn TURN = new ShardTurn(new Shard("j-shard-001", 50, 8), 2, "node:1");

  private final CircuitSimulator simulator = new CircuitSimulator();
  private final InProcess port = new InProcess();
  private final AtomicLong nanos = new AtomicLong();
  private final DriverDevice device =
      new DriverDevice("node:1", "node:1", 2, port, Runnable::run, nanos::get, () -> {});

  @Test
  void a_node_of_the_same_version_runs_a_shard_as_it_would_run_here() {
    device.look();

    ShardNode node = nodes(VERSION).getFirst();
    SimulationResult there = node.run(TURN).join();

    RunOptions options = RunOptions.of(50, 8, MEMORY);
    assertThat(node.slots()).isEqualTo(2);
    assertThat(there)
        .isEqualTo(
            simulator.run(
                BELL,
                simulator.choose(BELL, SimulationMethod.AUTO, options),
                options,
                CancelSignal.NEVER,
                _ -> {}));
    assertThat(port.asked.options())
        .containsEntry("shard", "j-shard-001")
        .containsEntry("attempt", "2")
        .containsEntry("seed", "8")
        .containsEntry("method", "statevector");
  }

  @Test
  void others_get_no_shards() {
    assertThat(nodes(VERSION)).as("it has not answered yet").isEmpty();
    device.look();
    assertThat(nodes("1.2.4")).as("its simulators may draw differently").isEmpty();
    List<ShardNode> helping = nodes(VERSION);
    port.failure = new DriverException(DriverException.Kind.UNAVAILABLE, "gone");
    device.look();

    assertThat(nodes(VERSION)).isEmpty();
    assertThat(helping.getFirst().slots()).as("while a job runs, too").isZero();
  }

  @Test
  void a_failed_run_and_a_wrong_answer_are_no_results() {
    device.look();
    ShardNode node = nodes(VERSION).getFirst();

    port.lies = true;
    assertThatThrownBy(() -> node.run(TURN).join())
        .hasRootCauseMessage("the node answered 49 shots where 50 were asked for");
    port.failure = new DriverException(DriverException.Kind.UNAVAILABLE, "gone");
    assertThatThrownBy(() -> node.run(TURN).join()).hasRootCauseMessage("gone");

    assertThat(node.slots()).as("it is out of reach until it answers").isZero();
  }

  @Test
  void who_gives_a_shard_up_gives_the_call_up() {
    device.look();
    port.silent = true;

    CompletableFuture<SimulationResult> run = nodes(VERSION).getFirst().run(TURN);
    run.cancel(true);

    assertThat(port.answer).isCancelled();
    assertThat(device.takesJobs()).as("it is nobody's fault").isTrue();
  }

  private List<ShardNode> nodes(String version) {
    RunOptions options = RunOptions.of(100, 7, MEMORY);
    PortableRun run =
        PortableRun.of(
                BELL,
                simulator.choose(BELL, SimulationMethod.AUTO, options),
                options,
                CancelSignal.NEVER)
            .run()
            .orElseThrow();
    return new DriverNodes(List.of(new DriverNodes.Node(device, 2, Duration.ofMinutes(1))), version)
        .of("j", run);
  }

  /// A real node without a wire.
  private static final class InProcess implements DriverPort {
    private final SimulatorNode node =
        new SimulatorNode("node:1", VERSION, new CircuitSimulator(), 1, MEMORY);
    private DriverRun asked = new DriverRun("", "", Bytes.EMPTY, 0, Map.of());
    private CompletableFuture<DriverCounts> answer = new CompletableFuture<>();
    private @Nullable DriverException failure;
    private boolean lies;
    private boolean silent;

    @Override
    public String address() {
      return "127.0.0.1:7071";
    }

    @Override
    public List<DriverReport> devices() throws DriverException {
      return List.of(status(""));
    }

    @Override
    public DriverReport status(String deviceId) throws DriverException {
      if (failure != null) {
        throw failure;
      }
      return node.report();
    }

    @Override
    public CompletableFuture<DriverCounts> execute(DriverRun run, Duration timeout) {
      asked = run;
      answer = new CompletableFuture<>();
      if (failure != null) {
        answer.completeExceptionally(failure);
      } else if (!silent) {
        SimulationResult result = node.run(run, CancelSignal.NEVER);
        Map<String, Long> counts = new TreeMap<>(result.counts());
        if (lies) {
          counts.merge("00", -1L, Long::sum);
        }
        answer.complete(new DriverCounts(counts, 0.1, PortableRun.facts(result)));
      }
      return answer;
    }

    @Override
    public String calibrate(String deviceId, Map<String, String> options) {
      return "";
    }

    @Override
    public void close() {}
  }
}
