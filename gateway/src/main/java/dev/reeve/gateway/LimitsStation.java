package dev.reeve.gateway;

import com.google.protobuf.MessageLite;
import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.RegisteredAction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds what is in progress and how large a request is. The operator and the bus have no rate
/// limit, and no share but that of everybody.
final class LimitsStation {
  /// What is left out of a message may be written out by its reader, as the empty members of an
  /// entry of a map: at most twenty bytes for two. A message that is smaller by more than that is
  /// not measured again.
  private static final int GROWN_BY_READING_MAX = 16;

  private final int callsMax;
  private final RateLimits rates;
  private final ClientBudgets clients;
  private final CallShares shares;
  private final AtomicInteger inProgress = new AtomicInteger();

  LimitsStation(int callsMax, RateLimits rates, ClientBudgets clients, CallShares shares) {
    this.callsMax = callsMax;
    this.rates = rates;
    this.clients = clients;
    this.shares = shares;
  }

  /// Counts a call in. When it is admitted, [#leave] must follow.
  ///
  /// @param clientId how the client calls itself; may be empty
  Optional<Problem> enter(Caller caller, String clientId) {
    Optional<Problem> tooMany =
        (isTrusted(caller) ? Optional.<Problem>empty() : rates.take(caller))
            .or(() -> clients.take(caller, clientId));
    if (tooMany.isPresent() || isTrusted(caller)) {
      return tooMany.isPresent() ? tooMany : enter();
    }
    Optional<Problem> overShare = shares.enter(caller);
    if (overShare.isPresent()) {
      return overShare;
    }
    Optional<Problem> full = enter();
    if (full.isPresent()) {
      shares.leave(caller);
    }
    return full;
  }

  /// What arrives by the bus is bounded by the bus.
  private static boolean isTrusted(Caller caller) {
    return caller.localOperator() || caller.isOnBus();
  }

  private Optional<Problem> enter() {
    if (inProgress.incrementAndGet() <= callsMax) {
      return Optional.empty();
    }
    inProgress.decrementAndGet();
    return Optional.of(
        GatewayProblems.CALLS_EXHAUSTED
            .because("calls in progress: " + callsMax + " (expected: fewer)")
            .withRetryAfter(Duration.ofMillis(100)));
  }

  void leave(Caller caller) {
    inProgress.decrementAndGet();
    if (!isTrusted(caller)) {
      shares.leave(caller);
    }
  }

  int inProgress() {
    return inProgress.get();
  }

  /// @param wireBytes bytes that it took on its way here, or [WireSize#UNKNOWN]
  Optional<Problem> size(RegisteredAction action, Object request, int wireBytes) {
    if (wireBytes != WireSize.UNKNOWN
        && wireBytes <= action.requestBytesMax() / GROWN_BY_READING_MAX) {
      return Optional.empty();
    }
    int bytes = request instanceof MessageLite message ? message.getSerializedSize() : 0;
    return bytes <= action.requestBytesMax()
        ? Optional.empty()
        : Optional.of(
            GatewayProblems.REQUEST_TOO_LARGE.field(
                "request", bytes + " bytes", "at most " + action.requestBytesMax()));
  }
}
