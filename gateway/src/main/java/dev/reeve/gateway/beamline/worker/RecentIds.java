package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;

/// Ids seen lately: the newest 200,000. Safe on any thread.
final class RecentIds {
  private static final int SIZE_MAX = 200_000;

  @GuardedBy("this")
  private final LinkedHashSet<String> ids = new LinkedHashSet<>();

  /// @return whether it was not there
  boolean add(String id) {
    synchronized (this) {
      boolean added = ids.add(id);
      if (added && ids.size() > SIZE_MAX) {
        ids.removeFirst();
      }
      return added;
    }
  }

  synchronized boolean contains(String id) {
    return ids.contains(id);
  }
}
