package dev.reeve.gateway;

import com.google.protobuf.MessageLite;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.Tally;
import dev.reeve.service.Caller;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.CountedReceipts;
import dev.reeve.service.RegisteredAction;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Accounts for what has no leaf of its own: allowed reads, one leaf for each principal, action and
/// minute; floods of refusals, one for each reason, address prefix and minute. What changes
/// something has its leaf from the writer, in the commit of its effect.
final class ReceiptStation {
  private static final String FLOOD_ACTION = "action:gateway:refuse";

  /// Questions that their own use case writes down, with what was answered.
  private static final Set<String> WRITTEN_BY_USE_CASE =
      Set.of(
          "action:output:check",
          "action:policy:check",
          "action:policy:evaluate",
          "action:policy:explain",
          "action:policy:simulate");

  private final Writer writer;
  private final CountedReceipts reads;
  private final CountedReceipts floods;
  private final CheckReceipts checks;

  ReceiptStation(Writer writer, InstantSource clock, CheckReceipts checks) {
    this.writer = writer;
    reads = new CountedReceipts(writer, clock);
    floods = new CountedReceipts(writer, clock);
    this.checks = checks;
  }

  /// A request that passed: counted when it is a read. Health and reflection are nobody's data.
  void received(Caller caller, RegisteredAction action, Object request) {
    if (action.sideEffect()
        || action.access() == RegisteredAction.Access.PUBLIC
        || WRITTEN_BY_USE_CASE.contains(action.id())) {
      return;
    }
    Supplier<Bytes> hash =
        request instanceof MessageLite message ? RequestHash.of(message) : () -> Bytes.EMPTY;
    Tally.Subject subject =
        new Tally.Subject(caller.tenant(), caller.principal(), action.id(), "allow", "");
    reads.count(subject, hash);
  }

  /// A refusal before identity, or of rate or size.
  void flood(String address, Problem problem) {
    Tally.Subject subject =
        new Tally.Subject("", AddressPrefix.of(address), FLOOD_ACTION, "refuse", problem.reason());
    floods.count(subject, () -> Bytes.EMPTY);
  }

  /// Writes a leaf of its own, and goes on when it is written, or cannot be: what it tells of is a
  /// refusal, or precedes a change that the same writer would then refuse.
  void write(Receipt receipt, Runnable then) {
    writer.offer(
        new LogCommand.Note(
            List.of(receipt),
            new Answer<>() {
              @Override
              public void done(Boolean written) {
                then.run();
              }

              @Override
              public void refused(Problem problem) {
                then.run();
              }
            }));
  }

  /// Writes the minutes that are over. Called about every ten seconds.
  void flush() {
    reads.flush();
    floods.flush();
    checks.flush();
  }

  /// Writes all that was counted, before a stop.
  void flushAll() {
    reads.flushAll();
    floods.flushAll();
    checks.flushAll();
  }
}
