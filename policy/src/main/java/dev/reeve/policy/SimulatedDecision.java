package dev.reeve.policy;

/// What two policies say of one request.
///
/// @param tenant for whom the candidate decided
/// @param before of the policy in force, or what was recorded at the time
/// @param after of the candidate
public record SimulatedDecision(String tenant, PolicyDecision before, PolicyDecision after) {
  /// Whether the candidate decides otherwise.
  public boolean flips() {
    return before.decision() != after.decision();
  }

  /// Whether the candidate lets something run that did not.
  public boolean loosens() {
    return !before.decision().permits() && after.decision().permits();
  }

  /// What a candidate says beside the policy in force. Neither counts.
  ///
  /// @param context must answer counts without recording them, such as [VelocityCounts#peeking()]
  public static SimulatedDecision of(
      PolicySnapshot inForce, PolicySnapshot candidate, PolicyInput input, PolicyContext context) {
    return against(inForce.decide(input, context), candidate, input, context);
  }

  /// What a candidate says of a request that was decided before.
  public static SimulatedDecision against(
      PolicyDecision recorded, PolicySnapshot candidate, PolicyInput input, PolicyContext context) {
    return new SimulatedDecision(
        candidate.tenantOf(input), recorded, candidate.decide(input, context));
  }
}
