package dev.reeve.gateway;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.reeve.base.Problem;
import dev.reeve.service.RegisteredAction;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;

/// Looks at the key of an HTTP request when nothing but its headers is there, so that nobody makes
/// the server take in a body without one. Who has passed is asked again by the chain.
final class HttpDoor {
  private final Credentials credentials;
  private final InstantSource clock;
  private final ActionRegistry registry;
  private final GovernedChain chain;

  HttpDoor(Credentials credentials, InstantSource clock, Served served) {
    this.credentials = credentials;
    this.clock = clock;
    this.registry = served.registry();
    this.chain = served.chain();
  }

  /// Why a request for a method does not come in; empty when it does. The refusal is written down.
  ///
  /// @param method full method name, as far as the path tells
  Optional<Problem> refusal(
      ServiceRequestContext context, RequestHeaders headers, Optional<String> method) {
    if (!(look(context, headers) instanceof Credentials.Look.Refused refused)
        || (refused.keyless() && isPublic(method))) {
      return Optional.empty();
    }
    chain.refusedAtDoor(
        method.orElse(CallMetrics.UNREGISTERED),
        address(context).getHostAddress(),
        refused.problem());
    return Optional.of(refused.problem());
  }

  /// Whether a request may see how the server is: by a key that is for that, or from the operator
  /// of this machine.
  boolean mayMonitor(ServiceRequestContext context, RequestHeaders headers) {
    return look(context, headers) instanceof Credentials.Look.Passed passed
        && passed.key().filter(key -> key.access() == CallerKey.Access.TENANT).isEmpty();
  }

  /// Why a request for `/metrics` is refused; empty when it is not.
  Optional<Problem> metricsRefusal(ServiceRequestContext context, RequestHeaders headers) {
    if (credentials.metricsOpen() || mayMonitor(context, headers)) {
      return Optional.empty();
    }
    Problem problem =
        look(context, headers) instanceof Credentials.Look.Refused refused
            ? refused.problem()
            : GatewayProblems.ACCESS_DENIED.because(
                "key: without the access (expected: access monitor or operator)");
    chain.refusedAtDoor(CallMetrics.UNREGISTERED, address(context).getHostAddress(), problem);
    return Optional.of(problem);
  }

  private Credentials.Look look(ServiceRequestContext context, RequestHeaders headers) {
    if (credentials.keys().isEmpty()) {
      return Credentials.NO_KEY;
    }
    String shown =
        Credentials.shown(
            headers.get("authorization", ""),
            headers.get("x-api-key", ""),
            headers.get("api-key", ""));
    return credentials.look(Peer.of(address(context)), shown, clock);
  }

  private boolean isPublic(Optional<String> method) {
    return method
        .flatMap(registry::find)
        .filter(entry -> entry.action().access() == RegisteredAction.Access.PUBLIC)
        .isPresent();
  }

  private static InetAddress address(ServiceRequestContext context) {
    return context.remoteAddress().getAddress();
  }
}
