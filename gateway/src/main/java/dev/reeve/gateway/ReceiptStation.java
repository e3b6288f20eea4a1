package dev.reeve.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tallies;
import dev.reeve.ledger.Tally;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Accounts for what has no leaf of its own: allowed reads, one leaf for each principal, action and
/// minute; floods of refusals, one for each reason, address prefix and minute. What changes
/// something has its leaf from the writer, in the commit of its effect.
///
/// Leaves that the writer cannot take now are kept, up to a bound, and offered again.
final class ReceiptStation {
  private static final int SUBJECTS_MAX = 1_000;
  private static final int KEPT_MAX = 4_000;
  private static final int NOTE_MAX = 100;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final String FLOOD_ACTION = "action:gateway:refuse";

  private final Writer writer;
  private final InstantSource clock;
  private final Tallies reads = new Tallies(SUBJECTS_MAX);
  private final Tallies floods = new Tallies(SUBJECTS_MAX);

  @GuardedBy("this")
  private final List<Receipt> kept = new ArrayList<>();

  ReceiptStation(Writer writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /// A request that passed: counted when it is a read. Health and reflection are nobody's data.
  void received(Caller caller, RegisteredAction action, Object request) {
    if (action.sideEffect() || action.access() == RegisteredAction.Access.PUBLIC) {
      return;
    }
    Bytes hash =
        request instanceof MessageLite message ? Sha256.of(message.toByteArray()) : Bytes.EMPTY;
    Tally.Subject subject =
        new Tally.Subject(caller.tenant(), caller.principal(), action.id(), "allow", "");
    reads.count(minute(), subject, hash);
  }

  /// A refusal before identity, or of rate or size.
  void flood(String address, Problem problem) {
    Tally.Subject subject =
        new Tally.Subject("", AddressPrefix.of(address), FLOOD_ACTION, "refuse", problem.reason());
    floods.count(minute(), subject, Bytes.EMPTY);
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
    List<Receipt> receipts = takeKept();
    for (Tallies tallies : List.of(reads, floods)) {
      tallies.drainBefore(beforeMinute).forEach(tally -> receipts.add(tally.toReceipt()));
    }
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
