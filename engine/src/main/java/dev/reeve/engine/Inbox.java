package dev.reeve.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Commands on their way to the writer. Any thread offers, the writer's thread takes. Bounded.
final class Inbox {
  private final int capacity;
  private final ConcurrentLinkedQueue<LogCommand> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean parked;
  private volatile @Nullable Thread taker;

  Inbox(int capacity) {
    this.capacity = capacity;
  }

  /// @return false when it is full; nothing was queued then
  boolean offer(LogCommand command) {
    if (size.incrementAndGet() > capacity) {
      size.decrementAndGet();
      return false;
    }
    queue.add(command);
    if (parked) {
      wake();
    }
    return true;
  }

  /// Takes what has arrived, never waiting for more.
  List<LogCommand> take(int commandsMax, int bytesMax) {
    List<LogCommand> taken = new ArrayList<>();
    int bytes = 0;
    while (taken.size() < commandsMax && bytes < bytesMax) {
      LogCommand command = queue.poll();
      if (command == null) {
        break;
      }
      bytes += command.sizeBytes();
      taken.add(command);
    }
    if (!taken.isEmpty()) {
      size.addAndGet(-taken.size());
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
