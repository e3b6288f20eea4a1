package dev.reeve.engine;

import dev.reeve.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Jobs by the time at which they must be looked at again: deadlines, run timeouts, approvals that
/// expire, throttles that end.
final class DueQueue implements JobIndex {
  private record Entry(long dueAtMicros, long jobNo) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(dueAtMicros, other.dueAtMicros);
      return byTime != 0 ? byTime : Long.compare(jobNo, other.jobNo);
    }
  }

  private final TreeSet<Entry> entries = new TreeSet<>();

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    long was = before == null ? Long.MAX_VALUE : before.dueAtMicros();
    long is = after == null ? Long.MAX_VALUE : after.dueAtMicros();
    if (was == is) {
      return;
    }
    if (before != null && was != Long.MAX_VALUE) {
      entries.remove(new Entry(was, before.jobNo()));
    }
    if (after != null && is != Long.MAX_VALUE) {
      entries.add(new Entry(is, after.jobNo()));
    }
  }

  @Override
  public Object content() {
    return List.copyOf(entries);
  }

  /// Numbers of jobs that are due, nearest first.
  List<Long> due(long nowMicros, int limit) {
    List<Long> due = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.dueAtMicros() > nowMicros || due.size() == limit) {
        break;
      }
      due.add(entry.jobNo());
    }
    return due;
  }

  /// When the next one is due; `Long.MAX_VALUE` for never.
  long nextMicros() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.first().dueAtMicros();
  }
}
