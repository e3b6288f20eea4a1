package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import java.util.concurrent.CompletableFuture;

/// An answer of the writer as a future that fails with [dev.reeve.base.ProblemException].
public final class PendingAnswer<T> implements Answer<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  @Override
  public void done(T outcome) {
    future.complete(outcome);
  }

  @Override
  public void refused(Problem problem) {
    future.completeExceptionally(problem.toException());
  }

  /// Completes when the writer has answered.
  public CompletableFuture<T> future() {
    return future;
  }
}
