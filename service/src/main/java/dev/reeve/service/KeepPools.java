package dev.reeve.service;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// The pools of workers in force: those of the pools file, and what operators said since.
///
/// An order is kept, then its receipt is written, then it is in force; when the receipt cannot be
/// written, what was kept before is kept again and the order is refused. One change at a time;
/// reading never waits. Safe on any thread.
public final class KeepPools implements Supplier<WorkerPools> {
  /// Longest time that a drain may be given.
  public static final Duration DRAIN_TIME_MAX = Duration.ofDays(7);

  private static final String ACTION = "action:pool:set_status";
  private static final int ORDERS_MAX = 10_000;

  private final Supplier<WorkerPools> file;
  private final PoolBook book;
  private final ChangeReceipts receipts;
  private final InstantSource clock;
  private volatile Map<String, PoolOrder> orders = Map.of();
  private volatile Overlay overlay = new Overlay(WorkerPools.NONE, Map.of(), WorkerPools.NONE);

  /// What the file and the orders make together.
  private record Overlay(WorkerPools file, Map<String, PoolOrder> orders, WorkerPools together) {}

  /// @param file the pools file
  public KeepPools(Supplier<WorkerPools> file, PoolBook book, Writer writer, InstantSource clock) {
    this.file = file;
    this.book = book;
    this.receipts = new ChangeReceipts(writer);
    this.clock = clock;
  }

  /// Puts in force what was said before this process.
  ///
  /// @throws IOException when it cannot be read
  public synchronized void open() throws IOException {
    Map<String, PoolOrder> read = new LinkedHashMap<>();
    book.read().forEach(order -> read.put(order.pool(), order));
    orders = Map.copyOf(read);
  }

  @Override
  public WorkerPools get() {
    WorkerPools now = file.get();
    Map<String, PoolOrder> said = orders;
    Overlay known = overlay;
    if (!known.file().equals(now) || !known.orders().equals(said)) {
      known = new Overlay(now, said, said.isEmpty() ? now : now.with(said.values()));
      overlay = known;
    }
    return known.together();
  }

  /// Says whether the workers of a pool get jobs. Blocks.
  ///
  /// @param drainTime after which a draining pool is shown as inactive, whatever still runs
  public synchronized void set(
      Caller caller, String pool, WorkerPools.Status status, Duration drainTime, String reason) {
    Map<String, PoolOrder> before = orders;
    Map<String, PoolOrder> after = new LinkedHashMap<>(before);
    String by = caller.principal();
    after.put(pool, new PoolOrder(pool, status, clock.instant(), drainTime, by, reason));
    // What the file says anyway needs no order.
    if (file.get().pool(pool).status() == status && status != WorkerPools.Status.DRAINING) {
      after.remove(pool);
    }
    if (after.size() > ORDERS_MAX) {
      throw ServiceProblems.POOL_NOT_KEPT
          .because("pools: " + ORDERS_MAX + " with an order (expected: fewer)")
          .toException();
    }
    keep(after);
    try {
      String word = status.name().toLowerCase(Locale.ROOT);
      receipts.write(
          Receipt.of(ACTION, "allow")
              .withSubject(caller.tenant(), "", by)
              .withRule(pool, reason.isEmpty() ? word : word + ", " + reason, ""),
          KeepPools::notRecorded);
    } catch (ProblemException e) {
      keep(before);
      throw e;
    }
    orders = Map.copyOf(after);
  }

  private void keep(Map<String, PoolOrder> said) {
    try {
      book.write(List.copyOf(said.values()));
    } catch (IOException e) {
      throw ServiceProblems.POOL_NOT_KEPT
          .because("pool: not kept (expected: a data directory that can be written)")
          .withDetail(String.valueOf(e.getMessage()))
          .toException();
    }
  }

  private static ProblemException notRecorded(String why) {
    return ServiceProblems.POOL_NOT_KEPT.because("pool: " + why).toException();
  }
}
