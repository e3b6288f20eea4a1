package dev.reeve.engine;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What stands between the writer and its store when the store fails: why, what callers are told,
/// and when to look again. Never retries on a handle that failed. Writer's thread only, but for
/// [#health()] and [#problem()].
final class Outage {
  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private static final long RETRY_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOOK_FOR_SPACE_NANOS = Duration.ofSeconds(1).toNanos();

  /// Changed as one, so that readers never mix two.
  private record Condition(WriterHealth health, ProblemCode code) {
    private static final Condition WELL =
        new Condition(WriterHealth.OK, EngineProblems.STORE_UNAVAILABLE);
  }

  private final JobLog store;
  private final MonotonicClock clock;
  private volatile Condition condition = Condition.WELL;
  private boolean broken;
  private long lookAgainAtNanos;
  private long spaceAtNanos;

  Outage(JobLog store, MonotonicClock clock) {
    this.store = store;
    this.clock = clock;
    lookAgainAtNanos = clock.nanos();
    spaceAtNanos = clock.nanos() - LOOK_FOR_SPACE_NANOS;
  }

  WriterHealth health() {
    return condition.health();
  }

  WriterHealth.State state() {
    return condition.health().state();
  }

  /// What callers are told while the writer does not write.
  Problem problem() {
    Condition now = condition;
    WriterHealth.State state = now.health().state();
    Problem problem = now.code().because(words(state)).withDetail(now.health().reason());
    return switch (state) {
      case STORE_FULL -> problem.withRetryAfter(Duration.ofSeconds(5));
      case STOPPED, STORE_DOWN, WRITING -> problem.withRetryAfter(Duration.ofSeconds(1));
    };
  }

  private static String words(WriterHealth.State state) {
    return switch (state) {
      case STORE_FULL -> "the store has no space left";
      case STOPPED -> "this node does not write the log any more";
      case STORE_DOWN, WRITING -> "the store does not answer";
    };
  }

  /// The store refused or did not answer.
  void failed(StoreException e) {
    switch (e) {
      case StoreException.DiskFull _ -> {
        set(WriterHealth.State.STORE_FULL, EngineProblems.STORE_FULL, message(e));
        broken = true;
        boolean again = clock.nanos() - spaceAtNanos < LOOK_FOR_SPACE_NANOS;
        lookAgainAtNanos = clock.nanos() + (again ? RETRY_NANOS : 0);
      }
      case StoreException.Unavailable _ -> {
        set(WriterHealth.State.STORE_DOWN, EngineProblems.STORE_UNAVAILABLE, message(e));
        lookAgainAtNanos = clock.nanos();
      }
      case StoreException.OwnershipLost _, StoreException.OwnedElsewhere _ ->
          stop(EngineProblems.OWNERSHIP_LOST, message(e));
      case StoreException.NewerFormat _, StoreException.Damaged _ ->
          stop(EngineProblems.STORE_DAMAGED, message(e));
    }
  }

  /// Nothing is ever written again by this writer.
  void stop(ProblemCode why, String reason) {
    set(WriterHealth.State.STOPPED, why, reason);
  }

  private void set(WriterHealth.State state, ProblemCode code, String reason) {
    condition = new Condition(new WriterHealth(state, reason), code);
  }

  /// Nanoseconds until it is worth looking again.
  long waitNanos() {
    return Math.max(0, lookAgainAtNanos - clock.nanos());
  }

  /// Connects anew after a failure without an answer.
  ///
  /// @return where the store stands; null when it does not answer yet, or not to us
  @Nullable LogHead reopen() {
    if (waitNanos() > 0) {
      return null;
    }
    try {
      return store.reopen();
    } catch (StoreException.Unavailable | StoreException.DiskFull e) {
      lookAgainAtNanos = clock.nanos() + RETRY_NANOS;
      log.warn("store does not answer yet", e);
    } catch (StoreException e) {
      failed(e);
    }
    return null;
  }

  /// All is well again.
  void over(LogHead stored) {
    condition = Condition.WELL;
    log.info("store answers again position={}", stored.position());
  }

  /// On a full disk: gives the emergency space up, so that jobs can end, and sees whether there is
  /// room again.
  ///
  /// @return false when nothing can be stored for now
  boolean lookForSpace() {
    long now = clock.nanos();
    if (waitNanos() > 0) {
      return false;
    }
    if (!broken && now - spaceAtNanos < LOOK_FOR_SPACE_NANOS) {
      return true;
    }
    spaceAtNanos = now;
    try {
      LogHead stored = store.reopen();
      broken = false;
      store.releaseReserve();
      if (store.restoreReserve()) {
        over(stored);
      }
      return true;
    } catch (StoreException.Unavailable | StoreException.DiskFull e) {
      lookAgainAtNanos = now + RETRY_NANOS;
      log.warn("store is full and does not answer", e);
    } catch (StoreException e) {
      failed(e);
    }
    return false;
  }

  private static String message(StoreException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
