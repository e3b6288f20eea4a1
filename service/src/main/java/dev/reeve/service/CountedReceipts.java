package dev.reeve.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tallies;
import dev.reeve.ledger.Tally;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Decisions that have no leaf of their own: counted minute by minute, one leaf for each subject.
///
/// Leaves that the writer cannot take now are kept, up to a bound, and offered again. Safe on any
/// thread; never blocks for longer than a look-up.
public final class CountedReceipts {
  private static final int SUBJECTS_MAX = 1_000;
  private static final int KEPT_MAX = 2_000;
  private static final int NOTE_MAX = 100;
  private static final long MILLIS_PER_MINUTE = 60_000;

  private final Writer writer;
  private final InstantSource clock;
  private final Tallies tallies = new Tallies(SUBJECTS_MAX);

  @GuardedBy("this")
  private final List<Receipt> kept = new ArrayList<>();

  public CountedReceipts(Writer writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /// Counts one decision.
  ///
  /// @param request hash of the request; the first and the last of a minute are in its leaf. Kept
  ///   until then, so what it holds must be small
  public void count(Tally.Subject subject, Supplier<Bytes> request) {
    tallies.count(minute(), subject, request);
  }

  /// Writes the minutes that are over. Called every few seconds.
  public void flush() {
    write(minute());
  }

  /// Writes all that was counted, before a stop.
  public void flushAll() {
    write(Long.MAX_VALUE);
  }

  private void write(long beforeMinute) {
    List<Receipt> receipts = takeKept();
    tallies.drainBefore(beforeMinute).forEach(tally -> receipts.add(tally.toReceipt()));
    for (int i = 0; i < receipts.size(); i += NOTE_MAX) {
      List<Receipt> part =
          List.copyOf(receipts.subList(i, Math.min(receipts.size(), i + NOTE_MAX)));
      writer.offer(new LogCommand.Note(part, keepUnlessWritten(part)));
    }
  }

  private Answer<Boolean> keepUnlessWritten(List<Receipt> receipts) {
    return new Answer<>() {
      @Override
      public void done(Boolean written) {}

      @Override
      public void refused(Problem problem) {
        keep(receipts);
      }
    };
  }

  private synchronized void keep(List<Receipt> receipts) {
    if (kept.size() + receipts.size() <= KEPT_MAX) {
      kept.addAll(receipts);
    }
  }

  private synchronized List<Receipt> takeKept() {
    List<Receipt> taken = new ArrayList<>(kept);
    kept.clear();
    return taken;
  }

  private long minute() {
    return clock.millis() / MILLIS_PER_MINUTE;
  }
}
