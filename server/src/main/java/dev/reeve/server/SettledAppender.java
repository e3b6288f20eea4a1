package dev.reeve.server;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The end of a file, to which is added, and which is brought to disk for all at once who wait for
/// it. Appending is for one thread at a time, all else for any; blocks, and no interruption closes
/// the file.
final class SettledAppender implements AutoCloseable {
  private final FileOutputStream out;
  private final AtomicLong appended = new AtomicLong();
  private final ReentrantLock settling = new ReentrantLock();

  /// Guarded by `settling`.
  private long settled;

  private SettledAppender(FileOutputStream out) {
    this.out = out;
  }

  /// The end of this file, which is made when it is not there.
  static SettledAppender open(Path file) throws IOException {
    boolean made = !Files.exists(file);
    FileOutputStream out = new FileOutputStream(file.toFile(), true);
    if (made) {
      GovernanceFiles.flushFolder(file);
    }
    return new SettledAppender(out);
  }

  /// Adds at the end. With the system when this returns.
  void append(byte[] bytes) throws IOException {
    out.write(bytes);
    appended.incrementAndGet();
  }

  /// Returns when all that was added before is on disk. Whoever waits while another one settles
  /// finds its own settled, too, or settles for all who wait by then.
  void settle() throws IOException {
    long wanted = appended.get();
    settling.lock();
    try {
      if (settled < wanted) {
        long upTo = appended.get();
        out.getFD().sync();
        settled = upTo;
      }
    } finally {
      settling.unlock();
    }
  }

  /// Settles what was added; who waits for that finds it so.
  @Override
  public void close() throws IOException {
    settling.lock();
    try (out) {
      out.getFD().sync();
      settled = Long.MAX_VALUE;
    } finally {
      settling.unlock();
    }
  }
}
