package dev.reeve.server.audit;

import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.AuditSource;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.ArchivedLog;
import dev.reeve.store.LogReader;
import dev.reeve.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Opens the audit log of a data directory for commands that need no server. Takes no lock and
/// changes nothing, so a server may hold the directory.
public final class OfflineAudit implements AuditSource {
  @Override
  public Copy open(Path data, Optional<String> store) {
    // In this order a server may go on meanwhile: keys are never behind the head that they signed,
    // nor the log behind the head.
    AuditFolder folder = new AuditFolder(data);
    Optional<TreeHead> kept = head(folder);
    KeyHistory keys = keys(folder);
    TreeHead head =
        kept.orElseThrow(
            () -> new AuditDamage("the signed head", "is missing (expected: audit/head)"));
    LogReader reader = reader(data, store);
    ArchivedLog log =
        new ArchivedLog(
            reader.head(),
            new ArchivedLog.Rows() {
              @Override
              public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
                return reader.journal(afterPosition, limit);
              }

              @Override
              public List<Commit.TileRow> tiles(long fromNumber, int limit) throws StoreException {
                return reader.tiles(fromNumber, limit);
              }
            });
    return new Copy(
        log,
        keys,
        head,
        new StoredLogVerifier.Against(head, keys, tile(folder, head), Optional.empty()),
        signer(folder, keys),
        reader::close);
  }

  private static LogReader reader(Path data, Optional<String> store) {
    try {
      return store.isPresent()
          ? Stores.readPostgres(store.get(), InstantSource.system())
          : Stores.readSqlite(data);
    } catch (StoreException.Damaged e) {
      throw new AuditDamage("the database", String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      throw AuditProblems.AUDIT_DATA_UNREADABLE.because("store: " + e.getMessage()).toException();
    }
  }

  private static KeyHistory keys(AuditFolder folder) {
    try {
      return folder.keys().orElseThrow(() -> absent(folder, "no audit keys"));
    } catch (CanonicalFormatException e) {
      throw new AuditDamage("the audit keys", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw absent(folder, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<TreeHead> head(AuditFolder folder) {
    try {
      return folder.head();
    } catch (CanonicalFormatException e) {
      throw new AuditDamage("the signed head", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw absent(folder, String.valueOf(e.getMessage()));
    }
  }

  /// The hashes only help to name what is damaged, so without them, or with damaged ones, all else
  /// goes on.
  private static Optional<HashTile> tile(AuditFolder folder, TreeHead head) {
    try {
      return folder
          .edge(head.checkpoint().size())
          .filter(saved -> saved.fits(head))
          .flatMap(SavedEdge::tile);
    } catch (IOException | CanonicalFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<LogSigner> signer(AuditFolder folder, KeyHistory keys) {
    try {
      return Optional.of(folder.signer(keys));
    } catch (IOException e) {
      return Optional.empty();
    } catch (CanonicalFormatException e) {
      throw new AuditDamage("the private audit key", String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException absent(AuditFolder folder, String what) {
    return AuditProblems.AUDIT_KEYS_UNUSABLE
        .because(folder.path() + ": " + what + " (expected: a data directory of a server)")
        .toException();
  }
}
