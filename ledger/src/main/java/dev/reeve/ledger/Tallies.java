package dev.reeve.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the decisions that have no leaf of their own, see [ReceiptClass#READ] and
/// [ReceiptClass#FLOOD], minute by minute.
///
/// At most `subjectsMax` subjects are told apart; further ones are counted together as `other`, so
/// a flood from many addresses costs no memory. Thread-safe; the lock is held for one look-up.
public final class Tallies {
  private final int subjectsMax;

  @GuardedBy("this")
  private final Map<Slot, Tally> tallies = new LinkedHashMap<>();

  private record Slot(long minute, Tally.Subject subject) {}

  /// An empty count.
  ///
  /// @param subjectsMax how many subjects are told apart until the next drain, at least 1
  public Tallies(int subjectsMax) {
    Check.argument(subjectsMax >= 1, "subjects: %s (expected: at least 1)", subjectsMax);
    this.subjectsMax = subjectsMax;
  }

  /// Counts one decision.
  ///
  /// @param request commitment to the request, see [SaltedCommitment]
  public synchronized void count(long minute, Tally.Subject subject, Bytes request) {
    Slot slot = new Slot(minute, subject);
    if (tallies.computeIfPresent(slot, (_, known) -> known.plusOne(request)) == null) {
      begin(tallies.size() < subjectsMax ? slot : new Slot(minute, subject.other()), request);
    }
  }

  @GuardedBy("this")
  private void begin(Slot slot, Bytes request) {
    Tally first = new Tally(slot.minute(), slot.subject(), 1, request, request);
    tallies.merge(slot, first, (known, _) -> known.plusOne(request));
  }

  /// Removes and gives what was counted before this minute, in the order first seen.
  public synchronized List<Tally> drainBefore(long minute) {
    List<Tally> drained = new ArrayList<>();
    tallies
        .values()
        .removeIf(tally -> {
          boolean over = tally.minute() < minute;
          if (over) {
            drained.add(tally);
          }
          return over;
        });
    return drained;
  }
}
