package dev.reeve.server.offline;

import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.engine.JobTable;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.JobReader;
import dev.reeve.service.SharedScanner;
import dev.reeve.store.LogReader;
import dev.reeve.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// The jobs of a data directory or a shared store, read by somebody who does not own it. Changes
/// nothing.
final class StoredJobs implements AutoCloseable {
  private final LogReader log;

  private StoredJobs(LogReader log) {
    this.log = log;
  }

  /// Opens them.
  ///
  /// @param data a data directory, or a copy of one
  /// @param store address of a shared store; goes before the directory
  /// @throws ProblemException `ARGUMENT_INVALID` when neither is one
  static StoredJobs open(Optional<String> data, Optional<String> store) {
    try {
      if (store.isPresent()) {
        return new StoredJobs(Stores.readPostgres(store.get(), InstantSource.system()));
      }
      return new StoredJobs(Stores.readSqlite(Path.of(data.orElseThrow())));
    } catch (StoreException | IllegalArgumentException e) {
      throw CliProblems.ARGUMENT_INVALID
          .because((store.isPresent() ? "--store: " : "--data: ") + e.getMessage())
          .toException();
    }
  }

  BacktestPolicy backtest(SharedScanner scanner) {
    JobArchive archive = log.archive();
    return new BacktestPolicy(
        archive, new JobReader(new JobTable(), archive, Runnable::run), scanner);
  }

  @Override
  public void close() {
    log.close();
  }
}
