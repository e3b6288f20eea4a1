package dev.reeve.service;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The policies that were in force here, newest first. Safe on any thread.
public final class PolicyHistory {
  /// Most that are remembered.
  public static final int SNAPSHOTS_MAX = 10;

  /// One of them.
  ///
  /// @param snapshot its id; empty for no policy
  /// @param at since when it was in force
  /// @param source where it came from
  public record Entry(String snapshot, Instant at, String source) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /// Notes a policy that is in force from now on.
  public synchronized void add(Entry entry) {
    entries.addFirst(entry);
    while (entries.size() > SNAPSHOTS_MAX) {
      entries.removeLast();
    }
  }

  /// All that are remembered, the newest first.
  public synchronized List<Entry> newestFirst() {
    return new ArrayList<>(entries);
  }
}
