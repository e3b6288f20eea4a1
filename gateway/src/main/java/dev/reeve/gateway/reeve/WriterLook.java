package dev.reeve.gateway.reeve;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterView;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Asks the writer for something that it alone knows. Never blocks.
final class WriterLook {
  private final Writer writer;

  WriterLook(Writer writer) {
    this.writer = writer;
  }

  /// @param look runs on the writer's thread and must be short
  <T> CompletableFuture<T> at(Function<WriterView, T> look) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    CompletableFuture<T> answered = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Look(
            view -> seen.complete(look.apply(view)),
            new Answer<>() {
              @Override
              public void done(Boolean looked) {
                answered.complete(seen.join());
              }

              @Override
              public void refused(Problem problem) {
                answered.completeExceptionally(problem.toException());
              }
            }));
    return answered;
  }
}
