package dev.reeve.gateway.cap;

import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.Delivery;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// The report of a failure beyond repair. It is acknowledged once the workflow of its job was
/// rolled back: when we end in between, the bus brings it again, to whoever has taken over, and the
/// rollback goes on.
final class FatalReport implements Delivery {
  private static final Duration AGAIN_FIRST = Duration.ofSeconds(5);
  private static final Duration AGAIN_MAX = Duration.ofMinutes(5);

  private final Delivery report;
  private final Executor blocking;
  private final RollBack rollBack;
  private final AtomicBoolean settled = new AtomicBoolean();

  /// Blocks until it is done.
  @FunctionalInterface
  interface RollBack {
    /// @param alive called now and then, so that the bus does not take us for dead
    /// @return whether nothing is left to do
    boolean run(Runnable alive);
  }

  FatalReport(Delivery report, Executor blocking, RollBack rollBack) {
    this.report = report;
    this.blocking = blocking;
    this.rollBack = rollBack;
  }

  @Override
  public BusMessage message() {
    return report.message();
  }

  @Override
  public String stream() {
    return report.stream();
  }

  @Override
  public long sequence() {
    return report.sequence();
  }

  @Override
  public String identity() {
    return report.identity();
  }

  @Override
  public int count() {
    return report.count();
  }

  @Override
  public void ack() {
    if (settled.compareAndSet(false, true)) {
      blocking.execute(this::finish);
    }
  }

  private void finish() {
    if (rollBack.run(report::inProgress)) {
      report.ack();
    } else {
      report.nak(pause());
    }
  }

  /// Twice as long each time: deliveries are bounded, and a throttle of a day must not use them up.
  private Duration pause() {
    Duration doubled =
        AGAIN_FIRST.multipliedBy(1L << Math.min(10, Math.max(0, report.count() - 1)));
    return doubled.compareTo(AGAIN_MAX) < 0 ? doubled : AGAIN_MAX;
  }

  @Override
  public void nak(Duration delay) {
    if (settled.compareAndSet(false, true)) {
      report.nak(delay);
    }
  }

  @Override
  public void inProgress() {
    report.inProgress();
  }

  @Override
  public void term() {
    if (settled.compareAndSet(false, true)) {
      report.term();
    }
  }
}
