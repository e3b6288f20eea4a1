package dev.reeve.service.driver;

import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.distributed.ShardNode;
import dev.reeve.service.quantum.ShardHelpers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The devices of drivers that are nodes: programs with the simulators of this very version, which
/// therefore give the same counts for the same seed. Safe on any thread.
public final class DriverNodes implements ShardHelpers {
  /// The capability by which a node says which version of the simulators it has.
  public static final String CAPABILITY = "reeve_simulator";

  private final List<Node> nodes;
  private final String version;

  /// A device that may be a node.
  ///
  /// @param slots runs side by side
  /// @param timeout of one run
  public record Node(DriverDevice device, int slots, Duration timeout) {}

  /// @param version of the simulators of this server
  public DriverNodes(List<Node> devices, String version) {
    this.nodes = List.copyOf(devices);
    this.version = version;
  }

  @Override
  public List<ShardNode> of(String jobId, PortableRun run) {
    List<ShardNode> helping = new ArrayList<>();
    for (Node node : nodes) {
      ShardNode helper = new DriverShards(node, version, jobId, run);
      if (helper.slots() > 0) {
        helping.add(helper);
      }
    }
    return helping;
  }
}
