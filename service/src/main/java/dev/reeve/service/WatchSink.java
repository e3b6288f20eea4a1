package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.SequencedEvent;

/// Where a watcher's events go: one transport stream. All methods are called by one thread at a
/// time and must not block.
public interface WatchSink {
  /// Whether the transport takes more without buffering. When it says no, the transport must call
  /// [WatchJob.Watching#resume] as soon as it is ready again.
  boolean isReady();

  void send(SequencedEvent event);

  /// The terminal event was sent; nothing follows.
  void complete();

  void fail(Problem problem);
}
