package dev.reeve.server;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusSubscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Loads the policy again when somebody on the bus says that configuration changed, whatever the
/// message holds. Any number of such messages load it once a second at most; the last one is never
/// forgotten. [#look] is called by one thread, often; messages come on any.
final class PolicyReload {
  static final String SUBJECT = "sys.config.changed";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Runnable reload;
  private final MonotonicClock clock;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private long lastNanos;

  /// Listens from now on, as long as the bus is open.
  ///
  /// @param reload loads it again; must not block
  PolicyReload(Bus bus, Runnable reload, MonotonicClock clock) {
    this.reload = reload;
    this.clock = clock;
    lastNanos = clock.nanos() - PAUSE.toNanos();
    BusSubscription _ = bus.subscribe(SUBJECT, _ -> wanted.set(true));
  }

  /// Looks at the policy again: files at once, an address when it has answered.
  ///
  /// @param blocking where an address is asked
  static PolicyReload of(
      Bus bus,
      PolicyKeeper policy,
      Optional<PolicyMirror> mirror,
      Executor blocking,
      MonotonicClock clock) {
    Runnable reload =
        mirror
            .<Runnable>map(fetched ->
                () ->
                    blocking.execute(() -> {
                      fetched.fetch();
                      policy.again();
                    }))
            .orElse(policy::again);
    return new PolicyReload(bus, reload, clock);
  }

  /// Does what was asked for since the last time.
  void look() {
    if (clock.nanos() - lastNanos >= PAUSE.toNanos() && wanted.getAndSet(false)) {
      lastNanos = clock.nanos();
      reload.run();
    }
  }
}
