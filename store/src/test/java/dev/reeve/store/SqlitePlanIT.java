package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.FakeClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads go by an index and come out in its order, so that none takes longer because there are more
/// jobs that it does not want.
final class SqlitePlanIT {
  @TempDir Path data;

  @BeforeEach
  void makeTables() throws StoreException {
    Stores.sqlite(data, new FakeClock()).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LogSql.READ_HEAD,
        LogSql.UNFINISHED_JOBS,
        LogSql.UNFINISHED_SEGMENTS,
        LogSql.OLDEST_FINISHED,
        LogSql.FIND_BY_ID,
        LogSql.FIND_BY_NO,
        LogSql.LIST_ALL,
        LogSql.LIST_OF_TENANT,
        LogSql.FIRST_EVENTS,
        LogSql.SEGMENT_OF,
        LogSql.SEGMENTS_FROM,
        LogSql.PAYLOAD,
        LogSql.RESULT,
        LogSql.JOURNAL,
        LogSql.TILES,
        LogSql.FIND_DOCUMENT,
        LogSql.LIST_DOCUMENTS,
        LogSql.MOVE_HEAD,
        LogSql.CLOSE_JOB,
        LogSql.DROP_DOCUMENT,
        LogSql.REMOVE_SEGMENTS,
        LogSql.REMOVE_KEYS,
        LogSql.REMOVE_BLOB_USES,
        LogSql.REMOVE_ENDING,
        LogSql.REMOVE_JOB,
      })
  void every_statement_goes_by_an_index(String sql) throws SQLException {
    assertThat(plan(sql))
        .isNotEmpty()
        .allSatisfy(step -> assertThat(step).startsWith("SEARCH ").doesNotContain("TEMP B-TREE"));
  }

  @Test
  void the_jobs_of_a_tenant_are_read_in_their_order() throws SQLException {
    assertThat(plan(LogSql.LIST_OF_TENANT))
        .first()
        .asString()
        .contains("job_by_tenant (tenant=? AND rowid<?)");
  }

  @Test
  void retention_walks_the_jobs_by_their_end() throws SQLException {
    assertThat(plan(LogSql.OLDEST_FINISHED))
        .singleElement()
        .asString()
        .contains("INDEX ending_by_time (finished_at<?)");
  }

  private List<String> plan(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reeve.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      List<String> steps = new ArrayList<>();
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
      return steps;
    }
  }
}
