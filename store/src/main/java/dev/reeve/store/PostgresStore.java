package dev.reeve.store;

import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.time.InstantSource;
import java.util.Optional;

/// The shared store: one PostgreSQL database, owned by one node at a time through a lease.
final class PostgresStore implements OpenStore {
  /// Watchers behind the tail read through this many connections.
  private static final int READERS = 4;

  /// Blobs are large and rare; two at a time leave the readers alone.
  private static final int BLOB_CONNECTIONS = 2;

  /// Documents and policies are kept seldom, one after the other.
  private static final int KEEPERS = 1;

  private final JobLog log;
  private final BlobStore blobs;
  private final KeptDocuments documents;
  private final KeptPolicies policies;
  private final PostgresLease lease;

  private PostgresStore(JobLog log, BlobStore blobs, FencedWrites beside, PostgresLease lease) {
    this.log = log;
    this.blobs = blobs;
    this.documents = new JdbcKeptDocuments(beside);
    this.policies = new JdbcKeptPolicies(beside);
    this.lease = lease;
  }

  static PostgresStore open(
      PostgresAddress address, String node, InstantSource clock, SchemaMigrations migrations)
      throws StoreException {
    PostgresDatabase database = new PostgresDatabase(address, clock);
    Optional<Integer> storedVersion = migrations.storedVersion(database);
    if (storedVersion.isPresent()) {
      // While another node is alive its tables are left alone, too.
      PostgresLease.checkFree(database);
    }
    migrations.migrate(database, storedVersion);
    Session session = Session.open(database);
    try {
      LogHead head = PostgresLease.take(session, node);
      return assemble(database, session, head, clock);
    } catch (StoreException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static PostgresStore assemble(
      PostgresDatabase database, Session session, LogHead head, InstantSource clock)
      throws StoreException {
    int format = session.readFormat();
    PostgresLease lease = PostgresLease.of(database, head);
    ConnectionPool readers =
        new ConnectionPool(database, database::connectReader, Carrier.CALLER, READERS);
    ConnectionPool blobConnections =
        new ConnectionPool(database, database::connectBlobs, Carrier.CALLER, BLOB_CONNECTIONS);
    ConnectionPool keepers =
        new ConnectionPool(database, database::connectWriter, Carrier.CALLER, KEEPERS);
    BlobStore blobs = new PostgresBlobStore(blobConnections, clock);
    Runnable closeOthers =
        () -> {
          readers.close();
          blobConnections.close();
          keepers.close();
        };
    JobLog log =
        new JdbcJobLog(
            database,
            session,
            head,
            new JdbcJobLog.Parts(
                format,
                new JdbcArchive(readers, blobs),
                Reserve.NONE,
                closeOthers,
                lease::release));
    return new PostgresStore(log, blobs, new FencedWrites(database, keepers, head.epoch()), lease);
  }

  @Override
  public JobLog log() {
    return log;
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public KeptDocuments documents() {
    return documents;
  }

  @Override
  public KeptPolicies policies() {
    return policies;
  }

  @Override
  public void renewLease() throws StoreException {
    lease.renew();
  }

  @Override
  public void close() {
    log.close();
  }
}
