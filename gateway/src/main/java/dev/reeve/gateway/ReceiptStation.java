package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tallies;
import dev.reeve.ledger.Tally;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import java.time.InstantSource;
import java.util.List;

/// Accounts for what has no leaf of its own: allowed reads and floods of refusals, one leaf for
/// each principal, action and minute. What changes something has its leaf from the writer, in the
/// commit of its effect.
final class ReceiptStation {
  private static final int SUBJECTS_MAX = 1_000;
  private static final long MILLIS_PER_MINUTE = 60_000;

  private final Writer writer;
  private final InstantSource clock;
  private final Tallies tallies = new Tallies(SUBJECTS_MAX);

  ReceiptStation(Writer writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  void read(Caller caller, RegisteredAction action, Bytes requestHash) {
    count(caller.tenant(), caller.principal(), action.id(), "allow", "", requestHash);
  }

  void flood(String address, String action, Problem problem) {
    count("", address, action, "refuse", problem.reason(), Bytes.EMPTY);
  }

  /// Writes the minutes that are over. Called about every ten seconds.
  void flush() {
    write(minute());
  }

  /// Writes all that was counted, before a stop.
  void flushAll() {
    write(Long.MAX_VALUE);
  }

  private void write(long beforeMinute) {
    List<Receipt> receipts =
        tallies.drainBefore(beforeMinute).stream().map(Tally::toReceipt).toList();
    if (!receipts.isEmpty()) {
      writer.offer(new LogCommand.Note(receipts, Answer.none()));
    }
  }

  private void count(
      String tenant, String actor, String action, String decision, String reason, Bytes request) {
    tallies.count(minute(), new Tally.Subject(tenant, actor, action, decision, reason), request);
  }

  private long minute() {
    return clock.millis() / MILLIS_PER_MINUTE;
  }
}
