package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.job.StateName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How [Bytes] travel in and out of columns.
final class Row {
  private Row() {}

  static void set(PreparedStatement statement, int index, Bytes value) throws SQLException {
    statement.setBytes(index, value.unsafeArray());
  }

  /// Empty bytes become NULL, which costs nothing in a row.
  static void setOrNull(PreparedStatement statement, int index, Bytes value) throws SQLException {
    if (value.isEmpty()) {
      statement.setNull(index, Types.BINARY);
    } else {
      statement.setBytes(index, value.unsafeArray());
    }
  }

  /// NULL becomes empty bytes.
  static Bytes get(ResultSet rows, int index) throws SQLException {
    byte @Nullable [] value = rows.getBytes(index);
    return value == null ? Bytes.EMPTY : Bytes.wrap(value);
  }

  /// The terminal state in a column that is NULL while the job is unfinished.
  static Optional<StateName> getState(ResultSet rows, int index) throws SQLException {
    return Optional.ofNullable(rows.getString(index)).map(StateName::valueOf);
  }
}
