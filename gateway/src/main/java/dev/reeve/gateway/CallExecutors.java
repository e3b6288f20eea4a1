package dev.reeve.gateway;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Chooses where the handler of a call runs: inline ones on the thread that read it, blocking ones
/// on a virtual thread, at most so many at once.
final class CallExecutors implements ServerCallExecutorSupplier {
  private final ActionRegistry registry;
  private final Executor inline = Runnable::run;
  private final Executor blocking;

  CallExecutors(ActionRegistry registry, Executor virtualThreads, int blockingMax) {
    this.registry = registry;
    Semaphore room = new Semaphore(blockingMax);
    blocking = task -> virtualThreads.execute(() -> runWithin(room, task));
  }

  @Override
  public <Q, R> Executor getExecutor(ServerCall<Q, R> call, Metadata metadata) {
    String method = call.getMethodDescriptor().getFullMethodName();
    return registry
        .find(method)
        .map(entry ->
            switch (entry.action().mode()) {
              case INLINE -> inline;
              case BLOCKING -> blocking;
              case STARTING -> isLocal(call) ? inline : blocking;
            })
        .orElse(inline);
  }

  private static boolean isLocal(ServerCall<?, ?> call) {
    return Boolean.TRUE.equals(call.getAttributes().get(IdentityStation.LOCAL_TRANSPORT));
  }

  private static void runWithin(Semaphore room, Runnable task) {
    room.acquireUninterruptibly();
    try {
      task.run();
    } finally {
      room.release();
    }
  }
}
