package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;

/// A store this process owns: the log for the writer's thread, blobs for any thread.
public interface OpenStore extends AutoCloseable {
  /// How long ownership lasts without [#renewLease()], in milliseconds, where it has to be renewed.
  long LEASE_MILLIS = 3_000;

  /// The log, owned, with the epoch raised. ConnectionPool are its `archive()`.
  JobLog log();

  /// The blobs of this store, for any thread; blocks.
  BlobStore blobs();

  /// Documents beside the log that must neither vanish nor go back, for any thread; blocks.
  KeptDocuments documents();

  /// The policies that were in force, for any thread; blocks.
  KeptPolicies policies();

  /// Says that this owner is alive. Called once a second by a thread of the composition root, never
  /// the writer's; blocks. The embedded store has nothing to renew and returns at once.
  ///
  /// @throws StoreException.OwnershipLost when another node has taken over
  /// @throws StoreException.Unavailable when the database does not answer; try again
  void renewLease() throws StoreException;

  /// Gives ownership up, so that the next owner need not wait, and releases everything. Called
  /// after the writer's last commit. Idempotent.
  @Override
  void close();
}
