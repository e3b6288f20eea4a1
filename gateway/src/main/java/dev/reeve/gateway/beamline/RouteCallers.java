package dev.reeve.gateway.beamline;

import dev.reeve.gateway.CallScope;
import dev.reeve.routing.RouteCaller;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;

/// Who asks the router, as far as the call shows it.
final class RouteCallers {
  private RouteCallers() {}

  /// The user of `x-user-id`, whose word the bus and the operator of this machine are believed on.
  static RouteCaller of(CallScope scope) {
    Caller caller = scope.caller();
    boolean believed = caller.localOperator() || caller.isOnBus() || caller.role() == Role.ADMIN;
    return new RouteCaller(believed ? scope.header("x-user-id").strip() : "", "", believed);
  }
}
