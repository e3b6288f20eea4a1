package dev.reeve.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Commands on their way to the writer. Any thread offers, the writer's thread takes. Bounded in
/// number and in bytes, apart from what executors say of themselves: they say little, and none of
/// it may be lost.
final class Inbox {
  private final int commandsMax;
  private final long bytesMax;
  private final ConcurrentLinkedQueue<LogCommand> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean parked;
  private volatile @Nullable Thread taker;

  Inbox(int commandsMax, long bytesMax) {
    this.commandsMax = commandsMax;
    this.bytesMax = bytesMax;
  }

  /// @return false when it is full; nothing was queued then
  boolean offer(LogCommand command) {
    boolean bounded = !(command instanceof LogCommand.OfSession);
    if (bounded && (size.get() >= commandsMax || bytes.get() >= bytesMax)) {
      return false;
    }
    size.incrementAndGet();
    bytes.addAndGet(command.sizeBytes());
    queue.add(command);
    if (parked) {
      wake();
    }
    return true;
  }

  /// Takes what has arrived, never waiting for more.
  List<LogCommand> take(int countMax, int sizeMax) {
    List<LogCommand> taken = new ArrayList<>();
    int takenBytes = 0;
    while (taken.size() < countMax && takenBytes < sizeMax) {
      LogCommand command = queue.poll();
      if (command == null) {
        break;
      }
      takenBytes += command.sizeBytes();
      taken.add(command);
    }
    if (!taken.isEmpty()) {
      size.addAndGet(-taken.size());
      bytes.addAndGet(-takenBytes);
    }
    return taken;
  }

  /// Blocks the writer's thread until something arrives, somebody wakes it, or the time is over.
  void await(long nanos) {
    taker = Thread.currentThread();
    parked = true;
    if (queue.isEmpty() && nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    parked = false;
  }

  void wake() {
    Thread thread = taker;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  int size() {
    return size.get();
  }
}
