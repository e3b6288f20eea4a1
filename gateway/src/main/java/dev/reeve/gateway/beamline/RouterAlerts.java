package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.routing.BreakerState;
import dev.reeve.routing.BreakerView;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.Router;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators on `beamline.alert.v1.{critical,warning,info}` (section 2.1 of the BeamLine
/// contract) what needs a look: a breaker that opened, a quota or budget that is used up, workers
/// of a subject that are all gone, decisions that are late or fail too often, and, once it is there
/// again, that the bus was lost. The same thing once a minute, and at most sixty alerts a minute.
/// Safe on any thread; never blocks.
public final class RouterAlerts {
  private static final Logger log = LoggerFactory.getLogger(RouterAlerts.class);
  private static final String SUBJECT = "beamline.alert.v1.";
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MINUTE_MAX = 60;

  /// How bad it is.
  private enum Severity {
    CRITICAL,
    WARNING,
    INFO
  }

  private final Bus bus;
  private final Router router;
  private final Supplier<Set<String>> workers;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final RouterFigures figures;
  private final RouterObjectives objectives = new RouterObjectives();

  /// What was told within the last minute, the oldest first.
  @GuardedBy("this")
  private final Map<String, Long> told = new LinkedHashMap<>();

  @GuardedBy("this")
  private Set<String> open = Set.of();

  @GuardedBy("this")
  private Set<String> served = Set.of();

  /// Since when the bus is lost, in nanoseconds of the clock; meaningless while it is not.
  @GuardedBy("this")
  private long lostNanos;

  @GuardedBy("this")
  private boolean lost;

  /// @param workers subjects on which workers listen that give signs of life
  /// @param nanos a clock that only goes on
  /// @param figures told when the bus is lost
  public RouterAlerts(
      Bus bus,
      Router router,
      Supplier<Set<String>> workers,
      InstantSource clock,
      RandomGenerator random,
      LongSupplier nanos,
      RouterFigures figures) {
    this.figures = figures;
    this.bus = bus;
    this.router = router;
    this.workers = workers;
    this.clock = clock;
    this.random = random;
    this.nanos = nanos;
  }

  /// A decision was refused. Called on the thread that decides.
  public void refused(RouteQuestion question, RouteRefusal refusal) {
    switch (refusal.code()) {
      case QUOTA_EXCEEDED, BUDGET_EXCEEDED -> {
        Map<String, Object> facts = new LinkedHashMap<>(refusal.details());
        facts.put("tenant_id", question.tenantId());
        facts.put("code", refusal.code().wireName());
        raise(
            Severity.WARNING,
            question.tenantId() + "/" + refusal.message(),
            refusal.message(),
            facts);
      }
      case INVALID_REQUEST,
          POLICY_NOT_FOUND,
          RATE_LIMIT_EXCEEDED,
          NO_PROVIDER_AVAILABLE,
          DEADLINE_PASSED,
          VALIDATOR_BLOCKED,
          EXTENSION_NOT_FOUND,
          EXTENSION_TIMEOUT,
          EXTENSION_UNAVAILABLE,
          EXTENSION_ERROR,
          POST_PROCESSOR_FAILED -> {}
    }
  }

  /// Looks at breakers, workers and the bus. To be called about every second.
  public void look() {
    lookAtBus();
    lookAtBreakers();
    lookAtWorkers();
    lookAtObjectives();
  }

  private void lookAtObjectives() {
    for (RouterObjectives.Missed missed : objectives.look(router.counters(), nanos.getAsLong())) {
      raise(
          Severity.WARNING,
          "objective " + missed.name(),
          missed.message(),
          Map.of("objective", missed.name()));
    }
  }

  private void lookAtBus() {
    boolean connected = bus.health().isConnected();
    long lostMs = 0;
    synchronized (this) {
      if (!connected && !lost) {
        lostNanos = nanos.getAsLong();
        figures.degraded.increment();
      }
      if (connected && lost) {
        lostMs = Math.max(1, (nanos.getAsLong() - lostNanos) / 1_000_000);
      }
      lost = !connected;
    }
    if (lostMs > 0) {
      raise(
          Severity.CRITICAL,
          "bus",
          "the bus was lost for " + lostMs + " ms",
          Map.of("lost_ms", lostMs));
    }
  }

  private void lookAtBreakers() {
    Set<String> now = new HashSet<>();
    for (BreakerView breaker : router.breakers("")) {
      String name = breaker.tenantId() + "/" + breaker.providerId();
      if (breaker.state() != BreakerState.CLOSED) {
        now.add(name);
      }
      if (breaker.state() == BreakerState.OPEN && !wasOpen(name)) {
        raise(
            Severity.WARNING,
            "breaker " + name,
            "the breaker of " + breaker.providerId() + " opened: " + breaker.reason(),
            Map.of(
                "tenant_id", breaker.tenantId(),
                "provider_id", breaker.providerId(),
                "reason", breaker.reason(),
                "error_rate", breaker.errorRate(),
                "remaining_ms", breaker.remainingMs()));
      }
    }
    synchronized (this) {
      open = now;
    }
  }

  private synchronized boolean wasOpen(String name) {
    return open.contains(name);
  }

  private void lookAtWorkers() {
    Set<String> now = Set.copyOf(workers.get());
    Set<String> gone;
    synchronized (this) {
      gone = new HashSet<>(served);
      served = now;
    }
    gone.removeAll(now);
    for (String subject : gone) {
      raise(
          Severity.CRITICAL,
          "workers " + subject,
          "no worker of " + subject + " gives signs of life",
          Map.of("subject", subject));
    }
  }

  private void raise(Severity severity, String about, String message, Map<String, Object> facts) {
    if (!mayTell(about)) {
      return;
    }
    String word = severity.name().toLowerCase(Locale.ROOT);
    log.warn("alert severity={} message={}", word, message);
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("alert_id", new UUID(random.nextLong(), random.nextLong()).toString());
    alert.put("severity", word);
    alert.put("component", "router");
    alert.put("message", message);
    alert.put("timestamp", clock.millis());
    alert.put("metadata", facts);
    try {
      bus.publish(BusMessage.of(SUBJECT + word, Bytes.utf8(RouteJson.text(alert))));
    } catch (ProblemException e) {
      log.debug("alert not published reason={}", e.problem().reason());
    }
  }

  private synchronized boolean mayTell(String about) {
    long now = nanos.getAsLong();
    told.values().removeIf(at -> now - at >= MINUTE_NANOS);
    return told.size() < MINUTE_MAX && told.putIfAbsent(about, now) == null;
  }
}
