package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.job.Admission;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Submissions of jobs that were just admitted and not handed over yet, so that a short job is not
/// read back from the store. Bounded; what does not fit is read again. Writer's thread only.
final class PayloadCache {
  private static final long BYTES_MAX = 32L * 1024 * 1024;
  private static final int ENTRY_OVERHEAD_BYTES = 2_048;

  /// What an executor needs besides the job.
  record Entry(Admission admission, Bytes payload) {
    private long sizeBytes() {
      return payload.size() + (long) ENTRY_OVERHEAD_BYTES;
    }
  }

  private final LinkedHashMap<Long, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  void put(long jobNo, Entry entry) {
    entries.put(jobNo, entry);
    bytes += entry.sizeBytes();
    while (bytes > BYTES_MAX) {
      Map.Entry<Long, Entry> oldest = entries.pollFirstEntry();
      bytes -= oldest.getValue().sizeBytes();
    }
  }

  @Nullable Entry take(long jobNo) {
    Entry entry = entries.remove(jobNo);
    if (entry != null) {
      bytes -= entry.sizeBytes();
    }
    return entry;
  }
}
