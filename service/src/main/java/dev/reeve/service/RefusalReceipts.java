package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Refusals that are made outside the writer and have a leaf of their own: whoever is refused hears
/// it after the leaf is committed. Never blocks.
public final class RefusalReceipts {
  private RefusalReceipts() {}

  /// Writes the receipt, then tells.
  ///
  /// @param refused gets the refusal, or why its receipt could not be written
  static void tell(Writer writer, Receipt receipt, Problem problem, Consumer<Problem> refused) {
    writer.offer(
        new LogCommand.Note(
            List.of(receipt),
            new Answer<>() {
              @Override
              public void done(Boolean written) {
                refused.accept(problem);
              }

              @Override
              public void refused(Problem unwritten) {
                refused.accept(unwritten);
              }
            }));
  }

  /// The same for a caller that waits: the refusal, or why its receipt could not be written.
  /// Blocks.
  public static Problem write(Writer writer, Receipt receipt, Problem problem) {
    CompletableFuture<Problem> told = new CompletableFuture<>();
    tell(writer, receipt, problem, told::complete);
    return told.join();
  }
}
