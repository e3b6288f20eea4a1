package dev.reeve.gateway.remote;

import io.grpc.Context;
import java.util.concurrent.Executor;

/// Carries the call that is served now to the threads that ask other servers for it, so that its
/// deadline and its end reach them.
public final class CallersContext {
  private CallersContext() {}

  /// An executor whose tasks run within the call of whoever hands them over.
  public static Executor on(Executor threads) {
    return Context.currentContextExecutor(threads);
  }

  /// What runs a task in place within the call that is served now, on whatever thread it comes.
  public static Executor here() {
    return Context.current().fixedContextExecutor(Runnable::run);
  }
}
