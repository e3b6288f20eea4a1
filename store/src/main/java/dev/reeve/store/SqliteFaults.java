package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's result codes mean to the engine.
final class SqliteFaults {
  private SqliteFaults() {}

  static StoreException of(String doing, SQLException failure) {
    String message = doing + ": " + failure.getMessage();
    return switch (primaryCode(failure)) {
      case SQLITE_FULL -> new StoreException.DiskFull(message, failure);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> new StoreException.Damaged(message, failure);
      // A row that breaks a rule of ours was decided wrongly. No retry mends that.
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH -> throw new IllegalStateException(message, failure);
      default -> new StoreException.Unavailable(message, failure);
    };
  }

  /// The low byte of a result code names its family.
  private static SQLiteErrorCode primaryCode(SQLException failure) {
    int code =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode().code
            : failure.getErrorCode();
    return SQLiteErrorCode.getErrorCode(code & 0xff);
  }
}
