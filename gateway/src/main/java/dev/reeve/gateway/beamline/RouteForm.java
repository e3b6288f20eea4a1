package dev.reeve.gateway.beamline;

/// The three forms in which a routing request comes as JSON, all on one subject. Each is answered
/// in its own kind.
public enum RouteForm {
  /// `RouteRequest` with its proto names; the answer is a bare `RouteDecision`.
  SEED,
  /// `DecideRequest` with a `task`; the answer is wrapped in `ok`, `decision` and `context`.
  ROUTER,
  /// `version`, `tenant_id`, `request_id` and `trace_id` around a `message`; answered as [#ROUTER]
  /// is.
  GATEWAY;

  /// Whether a decision is wrapped.
  public boolean isWrapped() {
    return this != SEED;
  }
}
