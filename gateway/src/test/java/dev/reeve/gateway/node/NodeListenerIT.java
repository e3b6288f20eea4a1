package dev.reeve.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.remote.BearerKey;
import dev.reeve.gateway.remote.DriverManagerClient;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.service.driver.DriverCounts;
import dev.reeve.service.driver.DriverException;
import dev.reeve.service.driver.DriverNodes;
import dev.reeve.service.driver.DriverRun;
import dev.reeve.service.node.SimulatorNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node as a server sees it.
final class NodeListenerIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String BELL =
      "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
          + " c = measure q;";

  @TempDir Path folder;

  @Test
  void a_server_with_the_key_finds_the_device_and_runs_circuits() throws Exception {
    try (NodeListener node = start(Optional.of(key("the-key-of-this-node")), Runnable::run);
        DriverManagerClient client = client(node, Optional.of(key("the-key-of-this-node")))) {
      assertThat(client.devices())
          .singleElement()
          .satisfies(device ->
              assertThat(device.facts())
                  .containsEntry(DriverNodes.CAPABILITY, "1.2.3")
                  .containsEntry("driver_api_version", "1.0"));
      DriverCounts counts = client.execute(run(BELL, "node:1"), TIMEOUT).join();

      assertThat(counts.counts()).containsOnlyKeys("00", "11");
      assertThat(counts.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
      assertThat(counts.metadata()).containsEntry("seed", "5").containsEntry("shots", "100");
    }
  }

  @Test
  void who_shows_no_key_or_another_is_refused() throws Exception {
    try (NodeListener node = start(Optional.of(key("the-key-of-this-node")), Runnable::run);
        DriverManagerClient without = client(node, Optional.empty());
        DriverManagerClient other = client(node, Optional.of(key("the-key-of-that-node")))) {
      for (DriverManagerClient client : List.of(without, other)) {
        assertThatThrownBy(client::devices).hasMessageContaining("the key of this node");
        assertThatThrownBy(() -> client.execute(run(BELL, "node:1"), TIMEOUT).join())
            .hasMessageContaining("the key of this node");
      }
    }
  }

  @Test
  void what_cannot_be_run_is_refused_with_the_reason() throws Exception {
    List<Runnable> waiting = new ArrayList<>();
    Executor full =
        run -> {
          if (!waiting.isEmpty()) {
            throw new RejectedExecutionException();
          }
          waiting.add(run);
        };
    try (NodeListener node = start(Optional.empty(), Runnable::run);
        NodeListener busy = start(Optional.empty(), full);
        DriverManagerClient client = client(node, Optional.empty());
        DriverManagerClient late = client(busy, Optional.empty())) {
      refused(client, run("OPENQASM 3.0; h q[0];", "node:1"), "INVALID_ARGUMENT");
      refused(client, run(BELL, "node:2"), "FAILED_PRECONDITION");
      assertThatThrownBy(() -> client.status("node:2")).hasMessageContaining("device_id");
      assertThatThrownBy(() -> client.calibrate("node:1", Map.of()))
          .hasMessageContaining("nothing");
      CompletableFuture<DriverCounts> first = late.execute(run(BELL, "node:1"), TIMEOUT);
      refused(late, run(BELL, "node:1"), "RESOURCE_EXHAUSTED");
      first.cancel(true);
    }
  }

  @Test
  void without_a_key_a_node_listens_on_loopback_only() {
    assertThatThrownBy(
            () -> NodeListener.start("0.0.0.0", 0, Optional.empty(), simulators(), Runnable::run))
        .hasMessageContaining("--key-file");
  }

  private static void refused(DriverManagerClient client, DriverRun run, String kind) {
    assertThatThrownBy(() -> client.execute(run, TIMEOUT).join())
        .cause()
        .hasFieldOrPropertyWithValue("kind", DriverException.Kind.valueOf(kind));
  }

  private BearerKey key(String text) throws IOException {
    return BearerKey.read("key", Files.writeString(folder.resolve(text), text));
  }

  private static NodeListener start(Optional<BearerKey> key, Executor runs) {
    return NodeListener.start("127.0.0.1", 0, key, simulators(), runs);
  }

  private static SimulatorNode simulators() {
    return new SimulatorNode("node:1", "1.2.3", new CircuitSimulator(), 1, 1 << 24);
  }

  private static DriverManagerClient client(NodeListener node, Optional<BearerKey> key) {
    String address = node.address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return DriverManagerClient.connect(
        new RemoteTarget("127.0.0.1", port, new RemoteTarget.Security.Plaintext()), key);
  }

  private static DriverRun run(String program, String device) {
    return new DriverRun("job", device, Bytes.utf8(program), 100, Map.of("seed", "5"));
  }
}
