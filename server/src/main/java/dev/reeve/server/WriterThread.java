package dev.reeve.server;

import dev.reeve.engine.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that drains the writer.
final class WriterThread {
  private static final Logger log = LoggerFactory.getLogger(WriterThread.class);
  private static final long STOP_WAIT_MILLIS = 10_000;

  private final Writer writer;
  private final Thread thread;
  private volatile boolean stopping;

  private WriterThread(Writer writer) {
    this.writer = writer;
    thread = Thread.ofPlatform().name("writer").unstarted(this::run);
  }

  static WriterThread start(Writer writer) {
    WriterThread started = new WriterThread(writer);
    started.thread.start();
    return started;
  }

  private void run() {
    try {
      while (!stopping || writer.waiting() > 0) {
        if (!writer.drain()) {
          writer.await();
        }
      }
    } catch (RuntimeException | Error e) {
      // An invariant of the writer is broken: what is in memory cannot be trusted any more. The
      // committed state can, so the process ends and the next start reads it.
      log.error("the writer failed; the server stops", e);
      Runtime.getRuntime().halt(70);
    }
  }

  /// Decides what was taken before, then ends. Blocks for at most ten seconds.
  void stop() {
    writer.close();
    stopping = true;
    writer.wake();
    try {
      thread.join(STOP_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
