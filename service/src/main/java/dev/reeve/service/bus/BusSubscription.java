package dev.reeve.service.bus;

/// One who listens. Safe on any thread.
public interface BusSubscription extends AutoCloseable {
  /// The pattern, or the durable name of a consumer.
  String name();

  /// Messages that arrived and wait for the handler.
  long pending();

  /// Messages lost because the handler was too slow; always 0 for a consumer of a stream.
  long dropped();

  /// Whether the broker knows of it: false while there is no connection, and for a consumer while
  /// its stream does not exist.
  boolean isActive();

  /// Takes no more; a handler that runs goes on, what waits is not handled. Of a consumer it is
  /// delivered again elsewhere. Idempotent, does not block.
  @Override
  void close();
}
