package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.SQLException;
import java.util.Objects;

/// What PostgreSQL's SQLSTATE codes mean to the engine.
final class PostgresFaults {
  private static final String DISK_FULL = "53100";
  private static final String DATA_CORRUPTED = "XX001";
  private static final String INDEX_CORRUPTED = "XX002";
  private static final String CONSTRAINT_CLASS = "23";

  private PostgresFaults() {}

  static StoreException of(String doing, SQLException failure) {
    String message = doing + ": " + failure.getMessage();
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    if (state.startsWith(CONSTRAINT_CLASS)) {
      // A row that breaks a rule of ours was decided wrongly. No retry mends that.
      throw new IllegalStateException(message, failure);
    }
    return switch (state) {
      case DISK_FULL -> new StoreException.DiskFull(message, failure);
      case DATA_CORRUPTED, INDEX_CORRUPTED -> new StoreException.Damaged(message, failure);
      default -> new StoreException.Unavailable(message, failure);
    };
  }
}
