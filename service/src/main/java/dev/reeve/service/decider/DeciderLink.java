package dev.reeve.service.decider;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.decider.CircuitBreaker.Pass;
import dev.reeve.service.decider.CircuitBreaker.State;
import dev.reeve.service.decider.DeciderStatus.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one decider: its circuit breaker, how many may ask at once, and what was counted.
/// Safe on any thread.
public final class DeciderLink {
  private static final Logger log = LoggerFactory.getLogger(DeciderLink.class);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final String name;
  private final String address;
  private final CircuitBreaker breaker;
  private final Semaphore room;
  private final Duration roomWait;
  private final MonotonicClock clock;
  private final Map<Outcome, LongAdder> calls = new EnumMap<>(Outcome.class);
  private final LongAdder nanos = new LongAdder();
  private volatile String lastFailure = "";

  /// @param name its name in the configuration
  /// @param address where it is, for people
  /// @param callsMax calls under way at once
  /// @param roomWait how long one more waits for its turn
  public DeciderLink(
      String name,
      String address,
      CircuitBreaker breaker,
      int callsMax,
      Duration roomWait,
      MonotonicClock clock) {
    this.name = name;
    this.address = address;
    this.breaker = breaker;
    this.room = new Semaphore(callsMax);
    this.roomWait = roomWait;
    this.clock = clock;
    for (Outcome outcome : Outcome.values()) {
      calls.put(outcome, new LongAdder());
    }
  }

  String name() {
    return name;
  }

  /// Makes the call, if it may be made now. Blocks as long as the call does.
  <T> DeciderAnswer<T> ask(Supplier<DeciderAnswer<T>> call) {
    if (!enter()) {
      return counted(
          Outcome.WITHDRAWN,
          new DeciderAnswer.Withdrawn<>(
              DeciderProblems.DECIDER_BUSY
                  .because("the decider " + name + " takes no more calls at once")
                  .withRetryAfter(BUSY_RETRY)));
    }
    try {
      Optional<Pass> entered = breaker.enter();
      if (entered.isEmpty()) {
        return counted(
            Outcome.TURNED_AWAY, new DeciderAnswer.Outage<>("not asked after: " + lastFailure));
      }
      try (Pass pass = entered.get()) {
        return make(pass, call);
      }
    } finally {
      room.release();
    }
  }

  private boolean enter() {
    try {
      return room.tryAcquire(roomWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> DeciderAnswer<T> make(Pass pass, Supplier<DeciderAnswer<T>> call) {
    State before = breaker.state();
    long begin = clock.nanos();
    DeciderAnswer<T> answer = call.get();
    nanos.add(clock.nanos() - begin);
    switch (answer) {
      case DeciderAnswer.Decided<T> _ -> {
        pass.succeeded();
        lastFailure = "";
        counted(Outcome.DECIDED, answer);
      }
      case DeciderAnswer.Outage<T> outage -> {
        lastFailure = outage.reason();
        pass.failed();
        counted(Outcome.FAILED, answer);
      }
      case DeciderAnswer.Withdrawn<T> _ -> {
        pass.close();
        counted(Outcome.WITHDRAWN, answer);
      }
    }
    tell(before, breaker.state());
    return answer;
  }

  private void tell(State before, State after) {
    if (after == State.OPEN && before != State.OPEN) {
      log.warn("decider is not asked for a while name={} reason={}", name, lastFailure);
    } else if (after == State.CLOSED && before != State.CLOSED) {
      log.info("decider answers again name={}", name);
    }
  }

  private <T> DeciderAnswer<T> counted(Outcome outcome, DeciderAnswer<T> answer) {
    LongAdder count = calls.get(outcome);
    if (count != null) {
      count.increment();
    }
    return answer;
  }

  DeciderStatus status(FailMode failMode) {
    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
    calls.forEach((outcome, count) -> sums.put(outcome, count.sum()));
    double seconds = (double) nanos.sum() / TimeUnit.SECONDS.toNanos(1);
    return new DeciderStatus(name, address, breaker.state(), failMode, lastFailure, sums, seconds);
  }
}
