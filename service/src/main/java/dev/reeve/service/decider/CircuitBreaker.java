package dev.reeve.service.decider;

import dev.reeve.base.Check;
import dev.reeve.engine.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps calls from something outside that does not answer.
///
/// | state | a call | becomes |
/// |---|---|---|
/// | closed | goes through | open after so many failures in a row |
/// | open | is turned away | half-open when the open time is over |
/// | half-open | is a probe, so many at a time | closed after so many successes, open at a failure |
///
/// What a call says counts only in the state that let it in: an answer that comes late changes
/// nothing. Safe on any thread; takes no lock, and a success while closed writes nothing.
public final class CircuitBreaker {
  /// How calls are treated.
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /// @param failuresMax failures in a row that open it
  /// @param openTime how long it stays open
  /// @param probesMax probes at a time
  /// @param successesNeeded probes that must succeed to close it
  public record Settings(int failuresMax, Duration openTime, int probesMax, int successesNeeded) {
    /// Those of the founding documents.
    public static final Settings STANDARD = new Settings(3, Duration.ofSeconds(30), 3, 2);

    public Settings {
      Check.argument(failuresMax >= 1, "failures_max: %s (expected: >= 1)", failuresMax);
      Check.argument(openTime.isPositive(), "open_time: %s (expected: > 0)", openTime);
      Check.argument(probesMax >= 1, "probes_max: %s (expected: >= 1)", probesMax);
      Check.argument(
          successesNeeded >= 1, "successes_needed: %s (expected: >= 1)", successesNeeded);
    }

    /// The same with another open time.
    public Settings withOpenTime(Duration time) {
      return new Settings(failuresMax, time, probesMax, successesNeeded);
    }
  }

  /// @param era changes with the state, so that a pass knows the state that gave it
  /// @param failures in a row while closed
  /// @param successes while half-open
  /// @param probes under way while half-open
  /// @param openedAtNanos when it opened last
  private record Standing(
      State state, long era, int failures, int successes, int probes, long openedAtNanos) {
    Standing closed() {
      return new Standing(State.CLOSED, era + 1, 0, 0, 0, openedAtNanos);
    }

    Standing opened(long nowNanos) {
      return new Standing(State.OPEN, era + 1, 0, 0, 0, nowNanos);
    }

    Standing probing() {
      return new Standing(State.HALF_OPEN, era + 1, 0, 0, 1, openedAtNanos);
    }

    Standing withFailures(int count) {
      return new Standing(state, era, count, successes, probes, openedAtNanos);
    }

    Standing withProbes(int count, int successesSoFar) {
      return new Standing(state, era, failures, successesSoFar, count, openedAtNanos);
    }
  }

  private enum Report {
    SUCCESS,
    FAILURE,
    NOTHING
  }

  private final Settings settings;
  private final MonotonicClock clock;
  private final AtomicReference<Standing> standing =
      new AtomicReference<>(new Standing(State.CLOSED, 0, 0, 0, 0, 0));

  public CircuitBreaker(Settings settings, MonotonicClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// How the next call is treated. An open one whose time is over shows as half-open.
  public State state() {
    Standing now = standing.get();
    return now.state() == State.OPEN && isOver(now) ? State.HALF_OPEN : now.state();
  }

  /// Lets a call in; empty when it must not be made. The pass must be closed when the call is over.
  public Optional<Pass> enter() {
    while (true) {
      Standing now = standing.get();
      Optional<Standing> next =
          switch (now.state()) {
            case CLOSED -> Optional.of(now);
            case OPEN -> isOver(now) ? Optional.of(now.probing()) : Optional.empty();
            case HALF_OPEN ->
                now.probes() < settings.probesMax()
                    ? Optional.of(now.withProbes(now.probes() + 1, now.successes()))
                    : Optional.empty();
          };
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Standing entered = next.get();
      if (entered.equals(now) || standing.compareAndSet(now, entered)) {
        return Optional.of(new Pass(entered.era()));
      }
    }
  }

  private boolean isOver(Standing open) {
    return clock.nanos() - open.openedAtNanos() >= settings.openTime().toNanos();
  }

  private void take(long era, Report report) {
    while (true) {
      Standing now = standing.get();
      if (now.era() != era) {
        return;
      }
      Standing next =
          switch (now.state()) {
            case CLOSED -> whileClosed(now, report);
            case HALF_OPEN -> whileProbing(now, report);
            case OPEN -> now;
          };
      if (next.equals(now) || standing.compareAndSet(now, next)) {
        return;
      }
    }
  }

  private Standing whileClosed(Standing now, Report report) {
    return switch (report) {
      case SUCCESS -> now.failures() == 0 ? now : now.withFailures(0);
      case FAILURE ->
          now.failures() + 1 >= settings.failuresMax()
              ? now.opened(clock.nanos())
              : now.withFailures(now.failures() + 1);
      case NOTHING -> now;
    };
  }

  private Standing whileProbing(Standing now, Report report) {
    return switch (report) {
      case SUCCESS ->
          now.successes() + 1 >= settings.successesNeeded()
              ? now.closed()
              : now.withProbes(now.probes() - 1, now.successes() + 1);
      case FAILURE -> now.opened(clock.nanos());
      case NOTHING -> now.withProbes(now.probes() - 1, now.successes());
    };
  }

  /// The right to make one call. Says once what became of it; closed without a word, the call
  /// counts as never made.
  public final class Pass implements AutoCloseable {
    private final long era;
    private final AtomicBoolean told = new AtomicBoolean();

    private Pass(long era) {
      this.era = era;
    }

    /// The call was answered.
    public void succeeded() {
      tell(Report.SUCCESS);
    }

    /// The call was not answered.
    public void failed() {
      tell(Report.FAILURE);
    }

    @Override
    public void close() {
      tell(Report.NOTHING);
    }

    private void tell(Report report) {
      if (!told.getAndSet(true)) {
        take(era, report);
      }
    }
  }
}
