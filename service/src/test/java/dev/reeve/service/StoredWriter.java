package dev.reeve.service;

import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executor;

/// A writer over a store in memory whose clocks stand still; everything runs on the test's thread.
public final class StoredWriter {
  private StoredWriter() {}

  /// Opens the store.
  public static Writer open(InMemoryStore store) {
    return open(store, () -> Instant.EPOCH, () -> 0);
  }

  /// Opens the store.
  ///
  /// @param generation of the rules that permits rest on
  public static Writer open(
      InMemoryStore store, InstantSource clock, WriterPorts.Generation generation) {
    return open(store, clock, generation, Runnable::run);
  }

  /// Opens the store.
  ///
  /// @param delivery runs answers and wake-ups
  static Writer open(
      InMemoryStore store,
      InstantSource clock,
      WriterPorts.Generation generation,
      Executor delivery) {
    try {
      return Writer.open(
          new WriterPorts(
              store.open(), clock, () -> 0, new Random(1), delivery, Runnable::run, generation),
          EngineLimits.DEFAULT,
          new Tail(1 << 20));
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }
}
