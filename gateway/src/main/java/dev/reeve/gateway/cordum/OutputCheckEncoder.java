package dev.reeve.gateway.cordum;

import dev.reeve.policy.OutputFinding;
import dev.reeve.policy.OutputRule;
import dev.reeve.service.CheckOutput;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputDecision;

/// Writes the answer to an output check.
final class OutputCheckEncoder {
  private OutputCheckEncoder() {}

  /// The answer as its message.
  static OutputCheckResponse encode(CheckOutput.Checked checked) {
    OutputCheckResponse.Builder out =
        OutputCheckResponse.newBuilder()
            .setDecision(decision(checked.verdict().action()))
            .setReason(checked.verdict().reason())
            .setRuleId(checked.verdict().ruleId())
            .setPolicySnapshot(checked.verdict().snapshot())
            .setRedactedPtr(checked.redactedPtr());
    checked.verdict().findings().forEach(finding -> out.addFindings(finding(finding)));
    return out.build();
  }

  private static OutputDecision decision(OutputRule.Action action) {
    return switch (action) {
      case ALLOW -> OutputDecision.OUTPUT_DECISION_ALLOW;
      case REDACT -> OutputDecision.OUTPUT_DECISION_REDACT;
      case QUARANTINE -> OutputDecision.OUTPUT_DECISION_QUARANTINE;
    };
  }

  private static dev.reeve.wire.cordum.v1.OutputFinding finding(OutputFinding finding) {
    return dev.reeve.wire.cordum.v1.OutputFinding.newBuilder()
        .setType(finding.type())
        .setSeverity(finding.severity().word())
        .setDetail(finding.detail())
        .setOffset(finding.offset())
        .setLength(finding.length())
        .setScanner(finding.scanner())
        .setConfidence((float) finding.confidence())
        .setMatchedPattern(finding.matchedPattern())
        .build();
  }
}
