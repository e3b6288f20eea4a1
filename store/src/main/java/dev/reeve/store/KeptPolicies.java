package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.util.List;

/// Keeps the policies that were in force. Belongs to the owner of the log. Safe on any thread;
/// blocks.
public interface KeptPolicies extends PolicyRows {
  /// Most that is kept. The policy that came into force last is kept whatever its size.
  ///
  /// @param snapshots at most so many
  /// @param bytes at most so many in all their files
  record Bounds(int snapshots, long bytes) {}

  /// Keeps a policy that comes into force now, and lets go of the oldest ones beyond the bounds; on
  /// disk when it returns. One that is kept already keeps the files of its first time.
  ///
  /// @param atMicros now, microseconds since 1970 UTC
  /// @param files in the order in which they were merged
  /// @return all that are kept now, this one first
  /// @throws StoreException.OwnershipLost when another node has taken the log over
  /// @throws StoreException.DiskFull when there is no room; nothing has changed
  /// @throws StoreException.Unavailable when it is not known to be kept
  List<Entry> put(String snapshot, long atMicros, String source, List<File> files, Bounds bounds)
      throws StoreException;
}
