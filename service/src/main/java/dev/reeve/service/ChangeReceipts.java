package dev.reeve.service;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Receipts of changes that are no job's: what changes is kept in files of its own, or in documents
/// that are committed together with the receipt. For threads that may wait.
public final class ChangeReceipts {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Writer writer;

  /// @param writer of the log that gets the receipts
  public ChangeReceipts(Writer writer) {
    this.writer = writer;
  }

  /// Returns when the receipt is on disk.
  ///
  /// @param refusal what to throw when it is not, from the reason
  public void write(Receipt receipt, Function<String, ProblemException> refusal) {
    write(List.of(receipt), List.of(), refusal);
  }

  /// Returns when receipts and documents are on disk, all in one commit. When it throws because no
  /// answer came in time, they may still be written a little later, but before anything that is
  /// written by a later call.
  ///
  /// @param refusal what to throw when they are not, from the reason
  public void write(
      List<Receipt> receipts,
      List<DocumentChange> documents,
      Function<String, ProblemException> refusal) {
    PendingAnswer<Boolean> written = new PendingAnswer<>();
    writer.offer(new LogCommand.Note(receipts, documents, written));
    try {
      boolean _ = written.future().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw refusal.apply("the receipt cannot be written now");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal.apply("the server stops");
    }
  }
}
