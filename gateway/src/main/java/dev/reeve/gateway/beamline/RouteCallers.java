package dev.reeve.gateway.beamline;

import dev.reeve.base.Text;
import dev.reeve.gateway.CallScope;
import dev.reeve.routing.RouteCaller;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;
import io.grpc.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who asks the router, as far as the call shows it.
final class RouteCallers {
  private static final Logger log = LoggerFactory.getLogger(RouteCallers.class);

  private static final Metadata.Key<String> USER = key("x-user-id");
  private static final Metadata.Key<String> CORRELATION = key("x-correlation-id");
  private static final Metadata.Key<String> CORRELATION_OLD = key("correlation-id");

  private RouteCallers() {}

  /// The user of `x-user-id`, whose word the bus and the operator of this machine are believed on.
  static RouteCaller of(CallScope scope) {
    Caller caller = scope.caller();
    boolean believed = caller.localOperator() || caller.isOnBus() || caller.role() == Role.ADMIN;
    return new RouteCaller(believed ? header(scope, USER) : "", "", believed);
  }

  /// The id by which the caller follows the call: `x-correlation-id`, else `correlation-id`. One
  /// that is malformed is told to the log and otherwise as if it were absent.
  static String correlationId(CallScope scope) {
    String id = header(scope, CORRELATION);
    String given = id.isEmpty() ? header(scope, CORRELATION_OLD) : id;
    if (!given.isEmpty() && !CorrelationRules.isCorrelationId(given)) {
      log.debug("a correlation id is malformed value={}", Text.quoteForMessage(given));
      return "";
    }
    return given;
  }

  private static String header(CallScope scope, Metadata.Key<String> key) {
    String value = scope.headers().get(key);
    return value == null ? "" : value.strip();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
