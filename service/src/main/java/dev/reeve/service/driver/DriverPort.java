package dev.reeve.service.driver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A program that drives devices. Safe on any thread. All but [#execute] block.
public interface DriverPort extends AutoCloseable {
  /// Where it is, for people.
  String address();

  /// Its devices and what they can do.
  List<DriverReport> devices() throws DriverException;

  /// How one of them stands.
  DriverReport status(String deviceId) throws DriverException;

  /// Begins a run. The future fails with [DriverException]; cancelling it tells the driver that
  /// nobody waits any more. A run is asked for once, whatever happens to the connection.
  ///
  /// @param timeout after which nobody waits any more
  CompletableFuture<DriverCounts> execute(DriverRun run, Duration timeout);

  /// Has a device measure itself; under which reference the driver keeps what it found.
  String calibrate(String deviceId, Map<String, String> options) throws DriverException;

  @Override
  void close();
}
