package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Text;
import dev.reeve.wire.cordum.agent.v1.AlertSeverity;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.SystemAlert;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells operators on the bus what is wrong there. One alert of each code within a few seconds: a
/// flood of broken packets makes no flood of alerts. Safe on any thread.
final class Alerts {
  private static final Logger log = LoggerFactory.getLogger(Alerts.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

  private final Consumer<SystemAlert> send;
  private final LongSupplier nanos;

  @GuardedBy("this")
  private final Map<ErrorCode, Long> lastSent = new EnumMap<>(ErrorCode.class);

  /// @param nanos the monotonic clock
  Alerts(Consumer<SystemAlert> send, LongSupplier nanos) {
    this.send = send;
    this.nanos = nanos;
  }

  void raise(ErrorCode code, AlertSeverity severity, String message) {
    synchronized (this) {
      long now = nanos.getAsLong();
      Long last = lastSent.get(code);
      if (last != null && now - last < PAUSE_NANOS) {
        return;
      }
      lastSent.put(code, now);
    }
    log.warn("bus trouble code={} message={}", code, message);
    send.accept(
        SystemAlert.newBuilder()
            .setMessage(message)
            .setSeverity(severity)
            .setErrorCodeEnum(code)
            .setSourceComponent(CapDesk.SENDER)
            .setLevel(severity.name().substring(severity.name().lastIndexOf('_') + 1))
            .setComponent(CapDesk.SENDER)
            .setCode(code.name().substring("ERROR_CODE_".length()))
            .build());
  }

  /// Somebody else's alert.
  void heard(String sender, SystemAlert alert) {
    log.warn(
        "alert on the bus sender={} severity={} code={} message={}",
        sender,
        alert.getSeverity(),
        alert.getErrorCodeEnum(),
        Text.quoteForMessage(alert.getMessage()));
  }
}
