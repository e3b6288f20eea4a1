package dev.reeve.quantum.distributed;

import dev.reeve.quantum.simulator.SimulationResult;
import java.util.concurrent.CompletableFuture;

/// Somebody elsewhere who runs shards by the same simulators. Safe on any thread; never blocks.
public interface ShardNode {
  /// Its name in manifests: the id of a device.
  String id();

  /// Shards that it takes side by side; 0 while it takes none.
  int slots();

  /// Begins to run a shard. However the future fails, the shard is run elsewhere; cancelling it
  /// tells the node that nobody waits any more.
  CompletableFuture<SimulationResult> run(ShardTurn turn);
}
