package dev.reeve.cli;

import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.StoredLog;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHead;
import java.nio.file.Path;
import java.util.Optional;

/// Opens the audit log of a data directory for `reeve audit`. Brought along by a program that has
/// stores; changes nothing, and needs no server, nor that there is none.
public interface AuditSource {
  /// Opens it.
  ///
  /// @param data the data directory, or a copy of it
  /// @param store address of a shared store; empty for the one in the directory
  /// @throws dev.reeve.base.ProblemException when it cannot be read
  /// @throws dev.reeve.ledger.AuditDamage when its keys or its signed head are not as written
  Copy open(Path data, Optional<String> store);

  /// An opened log.
  ///
  /// @param log its receipts
  /// @param keys its keys
  /// @param head the signed head kept beside it
  /// @param against what it is verified against, without a checkpoint
  /// @param signer the key in force; empty when its private half is not here
  /// @param closing lets go of it
  record Copy(
      StoredLog log,
      KeyHistory keys,
      TreeHead head,
      StoredLogVerifier.Against against,
      Optional<LogSigner> signer,
      Runnable closing)
      implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }
}
