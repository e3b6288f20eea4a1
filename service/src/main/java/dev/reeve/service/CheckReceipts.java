package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tally;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Receipts of questions that change nothing: a check of the policy, a check of an output.
///
/// Whoever answers such a question gives its receipt here and answers the caller from the callback,
/// never before: when the leaf cannot be written, the callback is refused and so is the call. Many
/// receipts share one commit, so the wait is that of one flush however many ask. Never blocks; safe
/// on an event loop.
public final class CheckReceipts {
  /// How carefully checks are written down.
  public enum Mode {
    /// Each has a leaf of its own, which is on disk before the answer.
    DURABLE,
    /// One leaf for each tenant, actor, action, decision and rule and minute, with the count.
    COUNTED
  }

  private final Writer writer;
  private final Mode mode;
  private final CountedReceipts counted;

  public CheckReceipts(Writer writer, Mode mode, InstantSource clock) {
    this.writer = writer;
    this.mode = mode;
    counted = new CountedReceipts(writer, clock);
  }

  /// How carefully checks are written down here.
  public Mode mode() {
    return mode;
  }

  /// Writes one receipt down.
  ///
  /// @param receipt with the SHA-256 of the request, or a commitment to it, as its input
  /// @param answer done once the receipt is as durable as the mode says: from the thread that
  ///   delivers the writer's answers, or before this returns; refused when it cannot be written
  public void record(Receipt receipt, Answer<Boolean> answer) {
    switch (mode) {
      case DURABLE -> recordAlone(receipt, answer);
      case COUNTED -> {
        counted.count(
            new Tally.Subject(
                receipt.tenant(),
                receipt.actor(),
                receipt.action(),
                receipt.decision(),
                receipt.rule()),
            receipt::input);
        answer.done(true);
      }
    }
  }

  /// Writes one receipt down, and makes no more of it than the mode asks for.
  ///
  /// @param subject what checks are counted by
  /// @param request hash of the request; kept for a minute, so what it holds must be small
  /// @param receipt makes the receipt, given that hash
  /// @param answer as in [#record(Receipt, Answer)]
  public void record(
      Tally.Subject subject,
      Supplier<Bytes> request,
      Function<Bytes, Receipt> receipt,
      Answer<Boolean> answer) {
    switch (mode) {
      case DURABLE -> record(receipt.apply(request.get()), answer);
      case COUNTED -> {
        counted.count(subject, request);
        answer.done(true);
      }
    }
  }

  /// Writes one receipt down as a leaf of its own, whatever the mode: of something that must not
  /// happen unseen.
  ///
  /// @param answer done once it is on disk; refused when it cannot be written
  public void recordAlone(Receipt receipt, Answer<Boolean> answer) {
    writer.offer(new LogCommand.Note(List.of(receipt), answer));
  }

  /// Writes the minutes that are over. Called every few seconds.
  public void flush() {
    counted.flush();
  }

  /// Writes all that was counted, before a stop.
  public void flushAll() {
    counted.flushAll();
  }
}
