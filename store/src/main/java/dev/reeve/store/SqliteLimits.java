package dev.reeve.store;

import dev.reeve.base.Check;

/// How large the parts of an embedded store may grow.
///
/// @param filePagesMax pages of the database file; beyond it the disk counts as full
/// @param copyFromBytes size of the write-ahead log from which on it is copied into the file
/// @param restartFromBytes size from which on the writer is held until the log starts from its
///   front
record SqliteLimits(long filePagesMax, long copyFromBytes, long restartFromBytes) {
  /// What SQLite itself allows, 32 TiB with our pages, and a log of about 64 MiB.
  static final SqliteLimits DEFAULT =
      new SqliteLimits(4_294_967_294L, 4L * 1024 * 1024, 64L * 1024 * 1024);

  SqliteLimits {
    Check.argument(filePagesMax > 0, "filePagesMax: %s (expected: > 0)", filePagesMax);
    Check.argument(
        copyFromBytes > 0 && restartFromBytes >= copyFromBytes,
        "restartFromBytes: %s (expected: at least copyFromBytes, %s)",
        restartFromBytes,
        copyFromBytes);
  }
}
