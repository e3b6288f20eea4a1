package dev.reeve.quantum.compiler;

import dev.reeve.base.ProblemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Runs attempts beside each other and waits for all of them.
final class SideBySide {
  private final Executor executor;

  SideBySide(Executor executor) {
    this.executor = executor;
  }

  /// @return what they made, in their order
  /// @throws ProblemException when an attempt was stopped
  <T> List<T> all(List<Supplier<T>> tasks) {
    List<CompletableFuture<T>> running =
        tasks.stream().map(task -> CompletableFuture.supplyAsync(task, executor)).toList();
    try {
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException stopped) {
        throw stopped;
      }
      throw e;
    }
  }
}
