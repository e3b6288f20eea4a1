package dev.reeve.service.driver;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.distributed.ShardNode;
import dev.reeve.quantum.distributed.ShardTurn;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.service.decider.CircuitBreaker.Pass;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The shards of one job on a node. An answer is believed only when it can be the shard's result.
final class DriverShards implements ShardNode {
  private final DriverNodes.Node node;
  private final String version;
  private final String jobId;
  private final PortableRun run;

  /// @param version that the node's simulators must have
  DriverShards(DriverNodes.Node node, String version, String jobId, PortableRun run) {
    this.node = node;
    this.version = version;
    this.jobId = jobId;
    this.run = run;
  }

  @Override
  public String id() {
    return node.device().id();
  }

  @Override
  public int slots() {
    boolean helps =
        node.device().takesJobs() && node.device().abilities().simulator().equals(version);
    return helps ? node.slots() : 0;
  }

  @Override
  public CompletableFuture<SimulationResult> run(ShardTurn turn) {
    DriverDevice device = node.device();
    Optional<Pass> entered = device.enter();
    if (entered.isEmpty()) {
      return CompletableFuture.failedFuture(
          new DriverException(DriverException.Kind.UNAVAILABLE, "the driver is left alone"));
    }
    Pass pass = entered.get();
    Map<String, String> told = run.told(turn.shard());
    told.put("attempt", Integer.toString(turn.attempt()));
    told.put("shard", turn.shard().id());
    CompletableFuture<DriverCounts> answer =
        device
            .port()
            .execute(
                new DriverRun(
                    jobId,
                    device.remoteId(),
                    Bytes.utf8(run.program()),
                    turn.shard().shots(),
                    told),
                node.timeout());
    CompletableFuture<SimulationResult> result =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            answer.cancel(mayInterrupt);
            return super.cancel(mayInterrupt);
          }
        };
    CompletableFuture<DriverCounts> _ =
        answer.whenComplete((counts, failure) -> {
          try (pass) {
            answered(turn, pass, counts, failure, result);
          }
        });
    return result;
  }

  private void answered(
      ShardTurn turn,
      Pass pass,
      @Nullable DriverCounts counts,
      @Nullable Throwable failure,
      CompletableFuture<SimulationResult> result) {
    if (counts == null) {
      DriverException why =
          failure instanceof DriverException known
              ? known
              : new DriverException(DriverException.Kind.ABORTED, "the call was given up");
      if (failure instanceof DriverException) {
        node.device().failed(pass, why);
      }
      result.completeExceptionally(why);
      return;
    }
    node.device().answered(pass);
    String trouble =
        counts.trouble(
            turn.shard().shots(), Math.max(run.circuit().bits(), run.circuit().qubits()));
    try {
      if (!trouble.isEmpty()) {
        throw new IllegalArgumentException(trouble);
      }
      result.complete(run.result(turn.shard(), counts.counts(), counts.metadata()));
    } catch (IllegalArgumentException e) {
      result.completeExceptionally(
          new DriverException(
              DriverException.Kind.INTERNAL, "the node answered " + e.getMessage()));
    }
  }
}
