package dev.reeve.gateway.beamline;

import dev.reeve.gateway.beamline.worker.ExecLoad;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How much the router has to do. Safe on any thread; never blocks.
public final class RouterLoad {
  private static final int KEPT = 1_000;
  private static final String ACTIVE = "active";
  private static final String INACTIVE = "inactive";
  static final int PENDING_MAX = 1_000;
  static final int LATENCY_MS_MAX = 5_000;
  static final int IN_FLIGHT_MAX = 500;

  private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
  private final AtomicLong count = new AtomicLong();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<LongSupplier> pending = new AtomicReference<>(() -> 0);
  private final AtomicReference<Supplier<ExecLoad>> workers =
      new AtomicReference<>(() -> new ExecLoad(0, 0, 0));

  /// What there is to do now.
  ///
  /// @param pending messages that wait on the bus
  /// @param p95Ms of the last thousand decisions, or results of workers
  /// @param inFlight decisions under way, or work without a result
  record View(long pending, long p95Ms, long inFlight) {
    /// `active` when two bounds are passed, `warning` when one is, else `inactive`.
    String status() {
      int over =
          (pending > PENDING_MAX ? 1 : 0)
              + (p95Ms > LATENCY_MS_MAX ? 1 : 0)
              + (inFlight > IN_FLIGHT_MAX ? 1 : 0);
      return over >= 2 ? ACTIVE : over == 1 ? "warning" : INACTIVE;
    }
  }

  /// From now on this many messages wait on the bus.
  void watch(LongSupplier messages) {
    pending.set(messages);
  }

  /// From now on this much waits and runs at workers.
  public void watchWorkers(Supplier<ExecLoad> load) {
    workers.set(load);
  }

  void began() {
    inFlight.incrementAndGet();
  }

  void ended(long tookNanos) {
    inFlight.decrementAndGet();
    nanos.set((int) (count.getAndIncrement() % KEPT), tookNanos);
  }

  /// Counts each time that there begins to be too much to do, of decisions and of workers. To be
  /// called about every second, by one thread.
  public void look(RouterFigures figures) {
    for (String subject : List.of(RouterBus.DECIDE, ExecLoad.SUBJECT)) {
      String status = of(subject).map(View::status).orElse(INACTIVE);
      String before = statuses.put(subject, status);
      if (!status.equals(INACTIVE) && !status.equals(before)) {
        (status.equals(ACTIVE) ? figures.backpressureActive : figures.backpressureWarnings)
            .increment();
      }
    }
  }

  /// How much there is to do behind a subject; empty when nobody measures that one.
  Optional<View> of(String subject) {
    if (subject.equals(RouterBus.DECIDE)) {
      return Optional.of(now());
    }
    if (!ExecLoad.isOf(subject)) {
      return Optional.empty();
    }
    ExecLoad load = workers.get().get();
    return Optional.of(new View(load.pendingMessages(), load.latencyP95Ms(), load.inFlight()));
  }

  private View now() {
    int kept = (int) Math.min(count.get(), KEPT);
    long[] sorted = new long[kept];
    for (int i = 0; i < kept; i++) {
      sorted[i] = nanos.get(i);
    }
    Arrays.sort(sorted);
    long p95 = kept == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(sorted[kept * 95 / 100]);
    return new View(pending.get().getAsLong(), p95, inFlight.get());
  }
}
