package dev.reeve.service.bus;

import java.util.TreeMap;

/// What was read of the journal and is not acknowledged by the broker, bounded. Guarded by its
/// owner's lock.
final class PublicationWindow {
  static final int COMMITS_MAX = 1_024;
  static final int MESSAGES_MAX = 4_096;

  /// Messages of each commit that are not acknowledged.
  private final TreeMap<Long, Integer> open = new TreeMap<>();

  private int messages;
  private boolean awaited;

  /// Whether there is no room. Whoever hears so has nothing to do until [#acknowledged] tells of
  /// room again.
  boolean isFull() {
    awaited = open.size() >= COMMITS_MAX || messages >= MESSAGES_MAX;
    return awaited;
  }

  /// @param count messages of the commit, at least one
  void add(long position, int count) {
    open.put(position, count);
    messages += count;
  }

  /// @return whether there is something to do for who reads: half of a full window is free again,
  ///   or nothing is open
  boolean acknowledged(long position) {
    messages--;
    open.computeIfPresent(position, (_, left) -> left == 1 ? null : left - 1);
    boolean halfFree = open.size() <= COMMITS_MAX / 2 && messages <= MESSAGES_MAX / 2;
    boolean tells = (awaited && halfFree) || messages == 0;
    awaited &= !tells;
    return tells;
  }

  /// The last commit of which, and of all before it, everything was acknowledged.
  ///
  /// @param read the last commit that was read
  long reached(long read) {
    return open.isEmpty() ? read : open.firstKey() - 1;
  }
}
