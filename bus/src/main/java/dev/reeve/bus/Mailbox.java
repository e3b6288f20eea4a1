package dev.reeve.bus;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits for one handler, bounded. The handler runs on a virtual thread, one message at a time
/// in the order of arrival; while nothing waits there is no thread.
final class Mailbox<T> {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
  private static final long PENDING_BYTES_MAX = 64L * 1024 * 1024;
  private static final long SLOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final String name;
  private final int pendingMax;
  private final ToIntFunction<T> sizeOf;
  private final Consumer<T> handler;
  private final Executor threads;
  private final BusMeter meter;
  private final ConcurrentLinkedQueue<T> waiting = new ConcurrentLinkedQueue<>();

  /// Messages waiting or in the handler; whoever raises it from zero starts the thread.
  private final AtomicInteger size = new AtomicInteger();

  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private volatile long droppedLast;
  private volatile boolean closed;

  /// @param pendingMax messages that may wait; together they may have 64 MiB
  /// @param sizeOf bytes of a message
  Mailbox(
      String name,
      int pendingMax,
      ToIntFunction<T> sizeOf,
      Consumer<T> handler,
      Executor threads,
      BusMeter meter) {
    this.name = name;
    this.pendingMax = pendingMax;
    this.sizeOf = sizeOf;
    this.handler = handler;
    this.threads = threads;
    this.meter = meter;
  }

  /// Takes a message, or drops it when too many wait. Does not block. Senders at the same moment
  /// may each bring one more than the bound.
  boolean offer(T message) {
    if (closed) {
      return false;
    }
    if (size.get() > pendingMax || bytes.get() > PENDING_BYTES_MAX) {
      drop();
      return false;
    }
    bytes.addAndGet(sizeOf.applyAsInt(message));
    waiting.add(message);
    if (size.getAndIncrement() == 0) {
      threads.execute(this::run);
    }
    return true;
  }

  private void drop() {
    if (dropped.sum() == 0) {
      log.warn("slow consumer, messages are dropped subscription={}", name);
    }
    dropped.increment();
    droppedLast = System.nanoTime();
  }

  private void run() {
    do {
      // Counted after it was added, so there is one.
      T message = Objects.requireNonNull(waiting.poll());
      if (!closed) {
        handle(message);
      }
      bytes.addAndGet(-sizeOf.applyAsInt(message));
    } while (size.decrementAndGet() > 0);
  }

  private void handle(T message) {
    meter.received.increment();
    try {
      handler.accept(message);
    } catch (RuntimeException e) {
      meter.handlerFailures.increment();
      log.warn("a handler failed subscription={}", name, e);
    }
  }

  /// Messages that wait, the one in the handler included.
  int pending() {
    return closed ? 0 : size.get();
  }

  /// Whether no handler is at work.
  boolean isIdle() {
    return size.get() == 0;
  }

  long dropped() {
    return dropped.sum();
  }

  boolean isSlow() {
    return !closed && dropped.sum() > 0 && System.nanoTime() - droppedLast < SLOW_NANOS;
  }

  /// Handles no more; the handler that runs goes on.
  void close() {
    closed = true;
  }
}
