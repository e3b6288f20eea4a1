package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import java.util.List;
import java.util.Optional;

/// The policies that were in force, with the files they were made of: which text the snapshot in a
/// receipt names. Each is there once, however often it came back. Safe on any thread; blocks.
public interface PolicyRows {
  /// One file.
  ///
  /// @param content as it was read
  /// @param invariants whether it is the floor
  /// @param verified whether a signature over it was verified
  record File(String name, Bytes content, boolean invariants, boolean verified) {}

  /// One policy, without its files.
  ///
  /// @param snapshot its id; empty where there was no policy
  /// @param firstMicros put in force first, microseconds since 1970 UTC
  /// @param lastMicros put in force last
  /// @param source where it came from, the last time
  /// @param files how many
  /// @param bytes of all of them
  record Entry(
      String snapshot, long firstMicros, long lastMicros, String source, int files, long bytes) {}

  /// All that are kept; the one that came into force last comes first.
  ///
  /// @throws StoreException.Unavailable when the database does not answer
  List<Entry> newestFirst() throws StoreException;

  /// The files of a policy, in the order in which they were merged; empty when it is not kept.
  ///
  /// @throws StoreException.Unavailable when the database does not answer
  Optional<List<File>> files(String snapshot) throws StoreException;
}
