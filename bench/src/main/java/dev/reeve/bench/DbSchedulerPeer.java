package dev.reeve.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.reeve.testing.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The peer: db-scheduler, a job queue in a PostgreSQL table, on the same server with the same
/// durability. Submitter and executors share this JVM and talk to the database directly, which
/// favours it: our cycles also cross a network twice.
final class DbSchedulerPeer implements AutoCloseable {
  private static final int EXECUTORS = 20;
  private static final int SUBMITTERS = 20;
  private static final String PAYLOAD = "{\"prompt\":\"" + "reeve ".repeat(16) + "\"}";
  private static final String SCHEMA =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamptz NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint NOT NULL,
        priority smallint,
        PRIMARY KEY (task_name, task_instance)
      );
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource pool = new HikariDataSource();
  private final OneTimeTask<String> task;
  private final Scheduler scheduler;
  private final AtomicLong instances = new AtomicLong();

  /// @param ended told of each execution, in an executor's thread
  DbSchedulerPeer(PostgresDatabase database, Runnable ended) throws SQLException {
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setMaximumPoolSize(EXECUTORS + SUBMITTERS + 4);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
    }
    task = Tasks.oneTime("echo", String.class).execute((_, _) -> ended.run());
    scheduler =
        Scheduler.create(pool, task)
            .threads(EXECUTORS)
            .pollingInterval(Duration.ofMillis(20))
            .pollUsingLockAndFetch(1.0, 8.0)
            .build();
    scheduler.start();
  }

  /// Submitters that may run at once.
  static int submitters() {
    return SUBMITTERS;
  }

  /// Stores one job; returns when it is committed.
  void submit() {
    scheduler.schedule(
        task.instance(Long.toString(instances.incrementAndGet()), PAYLOAD), Instant.now());
  }

  @Override
  public void close() {
    scheduler.stop();
    pool.close();
  }
}
