package dev.reeve.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Counts the decisions that have no leaf of their own, see [ReceiptClass#READ] and
/// [ReceiptClass#FLOOD], minute by minute.
///
/// At most `subjectsMax` subjects are told apart; further ones are counted together as `other`, so
/// a flood from many addresses costs no memory. Thread-safe; the lock is held for one look-up.
public final class Tallies {
  private final int subjectsMax;

  @GuardedBy("this")
  private final Map<Slot, Count> counts = new LinkedHashMap<>();

  /// Its hash is worked out before the lock is taken.
  private static final class Slot {
    private final long minute;
    private final Tally.Subject subject;
    private final int hash;

    private Slot(long minute, Tally.Subject subject) {
      this.minute = minute;
      this.subject = subject;
      hash = 31 * Long.hashCode(minute) + subject.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Slot that
          && hash == that.hash
          && minute == that.minute
          && subject.equals(that.subject);
    }
  }

  /// Of the requests between the first and the last nothing is kept, so nothing of them is made.
  private static final class Count {
    private final Bytes first;
    private Supplier<Bytes> last;
    private long times = 1;

    private Count(Bytes first) {
      this.first = first;
      last = () -> first;
    }

    private void plusOne(Supplier<Bytes> request) {
      last = request;
      times++;
    }
  }

  /// An empty count.
  ///
  /// @param subjectsMax how many subjects are told apart until the next drain, at least 1
  public Tallies(int subjectsMax) {
    Check.argument(subjectsMax >= 1, "subjects: %s (expected: at least 1)", subjectsMax);
    this.subjectsMax = subjectsMax;
  }

  /// Counts one decision.
  ///
  /// @param request makes a commitment to the request, see [SaltedCommitment]; asked for the first
  ///   and the last of a minute, for the last when the minute is drained, so what it holds must be
  ///   small
  public void count(long minute, Tally.Subject subject, Supplier<Bytes> request) {
    count(new Slot(minute, subject), request);
  }

  private synchronized void count(Slot slot, Supplier<Bytes> request) {
    Count known = counts.get(slot);
    if (known != null) {
      known.plusOne(request);
    } else {
      begin(
          counts.size() < subjectsMax ? slot : new Slot(slot.minute, slot.subject.other()),
          request);
    }
  }

  @GuardedBy("this")
  private void begin(Slot slot, Supplier<Bytes> request) {
    Count known = counts.get(slot);
    if (known != null) {
      known.plusOne(request);
    } else {
      counts.put(slot, new Count(request.get()));
    }
  }

  /// Removes and gives what was counted before this minute, in the order first seen.
  public synchronized List<Tally> drainBefore(long minute) {
    List<Tally> drained = new ArrayList<>();
    counts
        .entrySet()
        .removeIf(entry -> {
          Slot slot = entry.getKey();
          boolean over = slot.minute < minute;
          if (over) {
            Count count = entry.getValue();
            drained.add(
                new Tally(slot.minute, slot.subject, count.times, count.first, count.last.get()));
          }
          return over;
        });
    return drained;
  }
}
