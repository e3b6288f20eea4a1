package dev.reeve.service;

import dev.reeve.engine.Writer;

/// A thread on which a writer works by itself, as that of a server does. What waits when it is
/// closed is still done.
public final class DrainingThread implements AutoCloseable {
  private final Writer writer;
  private final Thread thread = Thread.ofPlatform().unstarted(this::run);
  private volatile boolean closed;

  /// @param writer drained by nobody else from the start on
  public DrainingThread(Writer writer) {
    this.writer = writer;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed || writer.waiting() > 0) {
      if (!writer.drain()) {
        writer.await();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    writer.wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
