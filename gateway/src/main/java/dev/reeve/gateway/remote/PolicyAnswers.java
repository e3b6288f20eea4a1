package dev.reeve.gateway.remote;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.ReasonCode;
import dev.reeve.policy.Remediation;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.PolicyConstraints;
import dev.reeve.wire.cordum.agent.v1.PolicyRemediation;
import java.util.List;

/// The answer of a safety kernel in the words of our policy. What is not understood is a deny.
final class PolicyAnswers {
  private static final int REMEDIATIONS_MAX = 16;
  private static final String NO_REASON = "the decider gave no reason";

  private PolicyAnswers() {}

  static PolicyDecision decode(PolicyCheckResponse response) {
    Decision decision = decision(response);
    String reason = RemoteText.line(response.getReason());
    boolean within = decision.permits() || decision == Decision.REQUIRE_APPROVAL;
    return decided(
        response,
        decision,
        decision.permits() ? "" : reason.isEmpty() ? NO_REASON : reason,
        within ? constraints(response.getConstraints()) : Constraints.NONE);
  }

  /// A refusal of the question itself.
  static PolicyDecision refused(String reason) {
    return new PolicyDecision(
        Decision.DENY,
        reason,
        "",
        "",
        ReasonCode.OTHER_DECIDER,
        Constraints.NONE,
        List.of(),
        List.of());
  }

  private static PolicyDecision decided(
      PolicyCheckResponse response, Decision decision, String reason, Constraints limits) {
    return new PolicyDecision(
        decision,
        reason,
        RemoteText.line(response.getRuleId()),
        RemoteText.line(response.getPolicySnapshot()),
        ReasonCode.OTHER_DECIDER,
        limits,
        decision.permits()
            ? List.of()
            : response.getRemediationsList().stream()
                .limit(REMEDIATIONS_MAX)
                .map(PolicyAnswers::remediation)
                .toList(),
        List.of());
  }

  /// A deny stays one whatever else is said; an allow that asks for a person is a hold.
  private static Decision decision(PolicyCheckResponse response) {
    return switch (response.getDecision()) {
      case DECISION_TYPE_ALLOW, DECISION_TYPE_ALLOW_WITH_CONSTRAINTS ->
          response.getApprovalRequired()
              ? Decision.REQUIRE_APPROVAL
              : response.getDecision() == DecisionType.DECISION_TYPE_ALLOW
                  ? Decision.ALLOW
                  : Decision.ALLOW_WITH_CONSTRAINTS;
      case DECISION_TYPE_REQUIRE_HUMAN -> Decision.REQUIRE_APPROVAL;
      case DECISION_TYPE_THROTTLE -> Decision.THROTTLE;
      case DECISION_TYPE_DENY,
          DECISION_TYPE_UNSPECIFIED,
          DECISION_TYPE_QUARANTINE,
          DECISION_TYPE_REDACT,
          UNRECOGNIZED ->
          Decision.DENY;
    };
  }

  /// A limit below 0 grants nothing that 0 would not; it is read as the smallest limit there is.
  private static Constraints constraints(PolicyConstraints given) {
    return new Constraints(
        new Constraints.Budgets(
            limit(given.getBudgets().getMaxRuntimeMs()),
            (int) limit(given.getBudgets().getMaxRetries()),
            limit(given.getBudgets().getMaxArtifactBytes()),
            (int) limit(given.getBudgets().getMaxConcurrentJobs())),
        new Constraints.Sandbox(
            given.getSandbox().getIsolated(),
            given.getSandbox().getNetworkAllowlistList(),
            given.getSandbox().getFsReadOnlyList(),
            given.getSandbox().getFsReadWriteList()),
        new Constraints.Toolchain(
            given.getToolchain().getAllowedToolsList(),
            given.getToolchain().getAllowedCommandsList()),
        new Constraints.Diff(
            (int) limit(given.getDiff().getMaxFiles()),
            (int) limit(given.getDiff().getMaxLines()),
            given.getDiff().getDenyPathGlobsList()),
        RemoteText.line(given.getRedactionLevel()));
  }

  private static long limit(long given) {
    return given < 0 ? 1 : given;
  }

  private static Remediation remediation(PolicyRemediation given) {
    return new Remediation(
        RemoteText.line(given.getId()),
        RemoteText.line(given.getTitle()),
        RemoteText.line(given.getSummary()),
        RemoteText.line(given.getReplacementTopic()),
        RemoteText.line(given.getReplacementCapability()),
        given.getAddLabelsMap(),
        given.getRemoveLabelsList());
  }
}
