package dev.reeve.engine;

import dev.reeve.job.RateCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Requests that count against the rates of policy: sliding windows, each key its own. A member
/// that comes again counts once, from its latest request on.
///
/// The writer counts, inside its groups; [#exceeds] is safe on any thread and may see what is not
/// committed yet, so it is good for preparing a decision and for nothing else. Bounded: a window
/// keeps no more members than decide its answer, all windows together at most [#MEMBERS_MAX].
public final class RateWindows {
  /// Members that all windows remember together.
  public static final int MEMBERS_MAX = 500_000;

  /// One request. Told from others by identity: a member may come twice in one instant.
  private static final class Entry {
    private final long atMicros;
    private final String member;

    private Entry(long atMicros, String member) {
      this.atMicros = atMicros;
      this.member = member;
    }
  }

  /// Entries by age; one whose member has a later request since is skipped.
  private static final class Window {
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Entry> latest = new HashMap<>();
    private long micros;

    private boolean isLatest(Entry entry) {
      return latest.get(entry.member) == entry;
    }
  }

  private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();
  private int members;

  RateWindows() {}

  /// Whether this request would be one too many now.
  public boolean exceeds(RateCheck check, long nowMicros) {
    Window window = windows.get(check.key());
    if (window == null) {
      return 1 > check.requestsMax();
    }
    synchronized (window) {
      return sizeWith(window, check, nowMicros) > check.requestsMax();
    }
  }

  /// Whether one more member can be remembered. Writer's thread only.
  boolean hasRoom(long nowMicros) {
    if (members < MEMBERS_MAX) {
      return true;
    }
    windows.forEach((key, window) -> {
      synchronized (window) {
        expire(window, nowMicros);
        if (window.latest.isEmpty()) {
          windows.remove(key, window);
        }
      }
    });
    return members < MEMBERS_MAX;
  }

  /// Counts the request. Writer's thread only.
  ///
  /// @return takes it back; to be run in reverse order of the counting
  Runnable count(RateCheck check, long nowMicros) {
    Window window = windows.computeIfAbsent(check.key(), _ -> new Window());
    synchronized (window) {
      window.micros = Math.max(window.micros, check.windowMicros());
      expire(window, nowMicros);
      Entry entry = new Entry(nowMicros, check.member());
      @Nullable Entry before = window.latest.put(check.member(), entry);
      members += before == null ? 1 : 0;
      window.entries.addLast(entry);
      List<Entry> evicted = evictOldest(window, check.requestsMax());
      return () -> takeBack(window, check.member(), before, evicted);
    }
  }

  /// A request of a time before this process began. Requests come in ascending order of time.
  void recall(String key, String member, long atMicros, long windowMicros) {
    Window window = windows.computeIfAbsent(key, _ -> new Window());
    synchronized (window) {
      window.micros = windowMicros;
      Entry entry = new Entry(atMicros, member);
      members += window.latest.put(member, entry) == null ? 1 : 0;
      window.entries.addLast(entry);
    }
  }

  /// One more than permitted is enough to know that it is too many, and the oldest leave first.
  private List<Entry> evictOldest(Window window, long requestsMax) {
    List<Entry> evicted = new ArrayList<>(0);
    while (window.latest.size() > requestsMax + 1) {
      Entry oldest = window.entries.removeFirst();
      evicted.add(oldest);
      if (window.latest.remove(oldest.member, oldest)) {
        members--;
      }
    }
    return evicted;
  }

  private void takeBack(Window window, String member, @Nullable Entry before, List<Entry> evicted) {
    synchronized (window) {
      for (Entry entry : evicted.reversed()) {
        window.entries.addFirst(entry);
        if (window.latest.putIfAbsent(entry.member, entry) == null) {
          members++;
        }
      }
      window.entries.removeLast();
      if (before == null) {
        window.latest.remove(member);
        members--;
      } else {
        window.latest.put(member, before);
      }
    }
  }

  private void expire(Window window, long nowMicros) {
    long oldest = nowMicros - window.micros;
    while (!window.entries.isEmpty() && window.entries.getFirst().atMicros <= oldest) {
      Entry entry = window.entries.removeFirst();
      if (window.latest.remove(entry.member, entry)) {
        members--;
      }
    }
  }

  private static int sizeWith(Window window, RateCheck check, long nowMicros) {
    long oldest = nowMicros - check.windowMicros();
    int others = window.latest.size();
    for (Entry entry : window.entries) {
      if (entry.atMicros > oldest) {
        break;
      }
      others -= window.isLatest(entry) ? 1 : 0;
    }
    @Nullable Entry own = window.latest.get(check.member());
    return own != null && own.atMicros > oldest ? others : others + 1;
  }

  /// What is counted, for tests: members by key.
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new HashMap<>();
    windows.forEach((key, window) -> {
      if (!window.latest.isEmpty()) {
        sizes.put(key, window.latest.size());
      }
    });
    return sizes;
  }
}
