package dev.reeve.server.offline;

import dev.reeve.base.ProblemException;
import dev.reeve.cli.PolicyTexts;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.engine.port.StoreException;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.Times;
import dev.reeve.store.LogReader;
import dev.reeve.store.PolicyRows;
import dev.reeve.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The policies that a data directory or a shared store has kept, read by somebody who does not own
/// it. Changes nothing. For one thread; blocks.
public final class OfflinePolicies implements PolicyTexts {
  private final LogReader log;
  private final String option;

  /// @param option that named it, for messages
  private OfflinePolicies(LogReader log, String option) {
    this.log = log;
    this.option = option;
  }

  /// Opens them.
  ///
  /// @param data a data directory, or a copy of one
  /// @param store address of a shared store; goes before the directory
  /// @throws ProblemException `ARGUMENT_INVALID` when it cannot be read
  public static PolicyTexts open(Path data, Optional<String> store) {
    String option = store.isPresent() ? "--store" : "--data";
    try {
      return new OfflinePolicies(
          store.isPresent()
              ? Stores.readPostgres(store.get(), InstantSource.system())
              : Stores.readSqlite(data),
          option);
    } catch (StoreException | IllegalArgumentException e) {
      throw unreadable(option, e);
    }
  }

  @Override
  public List<Entry> newestFirst() {
    try {
      return log.policies().newestFirst().stream().map(OfflinePolicies::entry).toList();
    } catch (StoreException e) {
      throw unreadable(option, e);
    }
  }

  @Override
  public Optional<List<File>> files(String snapshot) {
    try {
      return log.policies()
          .files(snapshot)
          .map(files -> files.stream().map(OfflinePolicies::file).toList());
    } catch (StoreException e) {
      throw unreadable(option, e);
    }
  }

  private static Entry entry(PolicyRows.Entry stored) {
    return new Entry(
        stored.snapshot(),
        Times.instant(stored.firstMicros()),
        Times.instant(stored.lastMicros()),
        stored.source(),
        stored.files(),
        stored.bytes());
  }

  private static File file(PolicyRows.File stored) {
    return new File(
        new PolicySource(stored.name(), stored.content()), stored.invariants(), stored.verified());
  }

  private static ProblemException unreadable(String option, Exception e) {
    return CliProblems.ARGUMENT_INVALID.because(option + ": " + e.getMessage()).toException();
  }

  @Override
  public void close() {
    log.close();
  }
}
