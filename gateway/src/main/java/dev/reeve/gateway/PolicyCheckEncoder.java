package dev.reeve.gateway;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.Remediation;
import dev.reeve.policy.RuleTrace;
import dev.reeve.wire.cordum.agent.v1.BudgetConstraints;
import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.DiffConstraints;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.PolicyConstraints;
import dev.reeve.wire.cordum.agent.v1.PolicyRemediation;
import dev.reeve.wire.cordum.agent.v1.RuleTraceOutcome;
import dev.reeve.wire.cordum.agent.v1.SandboxProfile;
import dev.reeve.wire.cordum.agent.v1.ToolchainConstraints;
import java.util.List;

/// Puts a decision of policy into the words of a safety check.
public final class PolicyCheckEncoder {
  private PolicyCheckEncoder() {}

  /// @param jobId of the request; what an approval refers to
  public static PolicyCheckResponse encode(PolicyDecision decision, String jobId) {
    PolicyCheckResponse.Builder out =
        PolicyCheckResponse.newBuilder()
            .setDecision(type(decision.decision()))
            .setReason(decision.reason())
            .setPolicySnapshot(decision.snapshot())
            .setRuleId(decision.ruleId());
    if (decision.approvalRequired()) {
      out.setApprovalRequired(true).setApprovalRef(jobId);
    }
    if (!decision.constraints().isEmpty()) {
      out.setConstraints(constraints(decision.constraints()));
    }
    for (Remediation remediation : decision.remediations()) {
      out.addRemediations(remediation(remediation));
    }
    return out.build();
  }

  /// The same, and what every rule said.
  public static PolicyCheckResponse encode(
      PolicyDecision decision, String jobId, List<RuleTrace> trace) {
    PolicyCheckResponse.Builder out = encode(decision, jobId).toBuilder();
    trace.forEach(step -> out.addTrace(step(step)));
    return out.build();
  }

  private static DecisionType type(Decision decision) {
    return switch (decision) {
      case ALLOW -> DecisionType.DECISION_TYPE_ALLOW;
      case DENY -> DecisionType.DECISION_TYPE_DENY;
      case REQUIRE_APPROVAL -> DecisionType.DECISION_TYPE_REQUIRE_HUMAN;
      case THROTTLE -> DecisionType.DECISION_TYPE_THROTTLE;
      case ALLOW_WITH_CONSTRAINTS -> DecisionType.DECISION_TYPE_ALLOW_WITH_CONSTRAINTS;
    };
  }

  /// All parts, also those that limit nothing: clients read them without looking whether they are
  /// there.
  private static PolicyConstraints constraints(Constraints limits) {
    return PolicyConstraints.newBuilder()
        .setBudgets(
            BudgetConstraints.newBuilder()
                .setMaxRuntimeMs(limits.budgets().maxRuntimeMs())
                .setMaxRetries(limits.budgets().maxRetries())
                .setMaxArtifactBytes(limits.budgets().maxArtifactBytes())
                .setMaxConcurrentJobs(limits.budgets().maxConcurrentJobs()))
        .setSandbox(
            SandboxProfile.newBuilder()
                .setIsolated(limits.sandbox().isolated())
                .addAllNetworkAllowlist(limits.sandbox().networkAllowlist())
                .addAllFsReadOnly(limits.sandbox().fsReadOnly())
                .addAllFsReadWrite(limits.sandbox().fsReadWrite()))
        .setToolchain(
            ToolchainConstraints.newBuilder()
                .addAllAllowedTools(limits.toolchain().allowedTools())
                .addAllAllowedCommands(limits.toolchain().allowedCommands()))
        .setDiff(
            DiffConstraints.newBuilder()
                .setMaxFiles(limits.diff().maxFiles())
                .setMaxLines(limits.diff().maxLines())
                .addAllDenyPathGlobs(limits.diff().denyPathGlobs()))
        .setRedactionLevel(limits.redactionLevel())
        .build();
  }

  private static PolicyRemediation remediation(Remediation remediation) {
    return PolicyRemediation.newBuilder()
        .setId(remediation.id())
        .setTitle(remediation.title())
        .setSummary(remediation.summary())
        .setReplacementTopic(remediation.replacementTopic())
        .setReplacementCapability(remediation.replacementCapability())
        .putAllAddLabels(remediation.addLabels())
        .addAllRemoveLabels(remediation.removeLabels())
        .build();
  }

  private static dev.reeve.wire.cordum.agent.v1.RuleTrace step(RuleTrace step) {
    return dev.reeve.wire.cordum.agent.v1.RuleTrace.newBuilder()
        .setGroup(step.group())
        .setRuleId(step.ruleId())
        .setOutcome(outcome(step.outcome()))
        .setDetail(step.detail())
        .build();
  }

  private static RuleTraceOutcome outcome(RuleTrace.Outcome outcome) {
    return switch (outcome) {
      case NO_MATCH -> RuleTraceOutcome.RULE_TRACE_OUTCOME_NO_MATCH;
      case PASSED_OVER -> RuleTraceOutcome.RULE_TRACE_OUTCOME_PASSED_OVER;
      case OVERRULED -> RuleTraceOutcome.RULE_TRACE_OUTCOME_OVERRULED;
      case DECIDED -> RuleTraceOutcome.RULE_TRACE_OUTCOME_DECIDED;
    };
  }
}
