package dev.reeve.service;

import dev.reeve.engine.port.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where the policies that were in force are kept, with the files they were made of. Each is kept
/// once, however often it comes back. Safe on any thread; blocks.
public interface PolicyArchive {
  /// All that are kept; the one that came into force last comes first.
  List<PolicyHistory.Entry> newestFirst() throws StoreException;

  /// The files of a policy, in the order in which they were merged; empty when it is not kept.
  ///
  /// @param snapshot its id; empty where there was no policy
  Optional<List<LoadedPolicy.File>> files(String snapshot) throws StoreException;

  /// Keeps a policy that comes into force now, and lets go of the oldest ones that are too many;
  /// durable when it returns.
  ///
  /// @param source where it came from
  /// @return all that are kept now, this one first
  /// @throws StoreException when it is not known to be kept
  List<PolicyHistory.Entry> put(
      String snapshot, Instant at, String source, List<LoadedPolicy.File> files)
      throws StoreException;
}
