package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.governance.cif.CifProblems;
import dev.reeve.governance.cif.ClientRates;
import dev.reeve.service.Caller;
import java.time.Duration;
import java.util.Optional;

/// The budget of requests that the boundary gives to each principal and network, and within it to
/// each `client-id`. A client's budget never widens its principal's. Thread-safe.
///
/// The operator of this machine has no budget of its own, its clients have.
final class ClientBudgets {
  private static final int NAME_LENGTH_MAX = 64;

  private final Optional<ClientRates.Rate> rate;
  private final MonotonicClock clock;
  private final ClientRates principals = new ClientRates();

  /// Apart, so that many clients of one principal push out nobody else's budget.
  private final ClientRates clients = new ClientRates();

  ClientBudgets(Optional<ClientRates.Rate> rate, MonotonicClock clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /// Takes one request, or says why there is none left.
  Optional<Problem> take(Caller caller, String clientId) {
    return rate.flatMap(limit -> take(limit, caller, clientId));
  }

  private Optional<Problem> take(ClientRates.Rate limit, Caller caller, String clientId) {
    String principal =
        String.join("\n", caller.home(), caller.principal(), AddressPrefix.of(caller.address()));
    long now = clock.nanos();
    boolean ofPrincipal = caller.localOperator() || principals.take(principal, limit, now);
    boolean allowed =
        ofPrincipal
            && (clientId.isEmpty() || clients.take(principal + "\n" + name(clientId), limit, now));
    return allowed ? Optional.empty() : Optional.of(refusal(limit));
  }

  private static String name(String clientId) {
    return clientId.length() <= NAME_LENGTH_MAX ? clientId : Sha256.of(Bytes.utf8(clientId)).hex();
  }

  private static Problem refusal(ClientRates.Rate limit) {
    Duration wait = Duration.ofMillis(limit.windowMillis() / limit.maxRequests() + 1);
    return CifProblems.CIF_RATE_LIMITED
        .because(
            "requests: too many (expected: at most "
                + limit.maxRequests()
                + " in "
                + limit.windowMillis()
                + " ms)")
        .withRetryAfter(wait);
  }
}
