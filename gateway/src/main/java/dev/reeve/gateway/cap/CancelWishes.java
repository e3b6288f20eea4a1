package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/// Who asked by a packet that a job be cancelled, until its worker is told: to the job it is the
/// bus that cancels. The newest thousand, in memory alone. Safe on any thread.
final class CancelWishes {
  private static final int SIZE_MAX = 1_000;

  @GuardedBy("this")
  private final LinkedHashMap<String, String> requestedBy =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > SIZE_MAX;
        }
      };

  /// @param by who asked, as the packet says; empty when it does not
  synchronized void add(String jobId, String by) {
    if (!by.isEmpty()) {
      requestedBy.put(jobId, by);
    }
  }

  /// @return who asked, and forgets it; `otherwise` when nobody did by a packet
  synchronized String take(String jobId, String otherwise) {
    String by = requestedBy.remove(jobId);
    return by == null ? otherwise : by;
  }
}
