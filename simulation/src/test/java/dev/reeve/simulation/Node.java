package dev.reeve.simulation;

import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterHealth;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.FaultyJobLog;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// One process that owns the log, or believes so. What it delivers and reads from the store waits
/// until the history lets it happen; what waits when it dies never happens.
final class Node {
  /// Small, so that watchers fall behind.
  private static final long TAIL_BYTES = 64 * 1024;

  final FaultyJobLog log;
  final Tail tail = new Tail(TAIL_BYTES);
  final Writer writer;
  private final ArrayDeque<Runnable> delivery = new ArrayDeque<>();
  private final List<Runnable> loading = new ArrayList<>();
  final Asker asker;
  private boolean dead;

  /// Takes the log over from whoever has it.
  Node(
      World world,
      InMemoryStore store,
      FakeClock clock,
      EngineLimits limits,
      RandomGenerator random) {
    log = new FaultyJobLog(store.open());
    asker = new Asker(world, this);
    WriterPorts ports =
        new WriterPorts(
            log, clock, clock::nanoTime, random, delivery::add, loading::add, generation(world));
    try {
      writer = Writer.open(ports, limits, tail);
      writer.recallRates(Duration.ofNanos(Cast.RATE_WINDOW_MICROS * 1_000));
    } catch (StoreException e) {
      throw new IllegalStateException("an idle store cannot be opened", e);
    }
  }

  private WriterPorts.Generation generation(World world) {
    return new WriterPorts.Generation() {
      @Override
      public long current() {
        return world.rules.generation();
      }

      @Override
      public boolean asksAgain() {
        return true;
      }

      @Override
      public void askAgain(long jobNo) {
        asker.asked(jobNo);
      }
    };
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
    delivery.clear();
    loading.clear();
  }

  void offer(LogCommand command) {
    writer.offer(command);
  }

  /// Whether memory stands for what is stored: no commit is without an answer.
  boolean isSettled() {
    return switch (writer.health().state()) {
      case WRITING, STORE_FULL -> true;
      case STORE_DOWN, STOPPED -> false;
    };
  }

  boolean isStopped() {
    return writer.health().state() == WriterHealth.State.STOPPED;
  }

  /// Whether it stopped for a reason that is neither the store's nor another owner's.
  boolean hasDefect() {
    String reason = writer.health().reason();
    return isStopped()
        && Stream.of("head is", "epoch is", "injected").noneMatch(reason::startsWith);
  }

  boolean hasWork() {
    return !delivery.isEmpty() || !loading.isEmpty() || writer.waiting() > 0;
  }

  /// Answers in their order, at most so many commits' worth.
  void deliver(int most) {
    for (int i = 0; i < most && !delivery.isEmpty(); i++) {
      delivery.removeFirst().run();
    }
  }

  /// One of the reads under way ends, in no order.
  void load(RandomGenerator random) {
    if (!loading.isEmpty()) {
      loading.remove(random.nextInt(loading.size())).run();
    }
  }
}
