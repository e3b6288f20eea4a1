package dev.reeve.service.quantum;

import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.distributed.ShardNode;
import java.util.List;

/// Who helps the simulators of this server with the shards of a job. Safe on any thread.
@FunctionalInterface
public interface ShardHelpers {
  /// Nobody.
  ShardHelpers NONE = (_, _) -> List.of();

  /// Those who could help with a run now.
  ///
  /// @param jobId what the shards belong to
  List<ShardNode> of(String jobId, PortableRun run);
}
