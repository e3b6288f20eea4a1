package dev.reeve.gateway.beamline;

import java.util.Map;

/// Why there is no decision, in the words of the BeamLine contract.
///
/// @param code such as `invalid_request` or `policy_not_found`
/// @param message safe text
/// @param details further facts by name
/// @param intakeCode what the intake found; empty when the request passed it
public record RouteFailure(
    String code, String message, Map<String, String> details, String intakeCode) {
  public RouteFailure {
    details = Map.copyOf(details);
  }
}
