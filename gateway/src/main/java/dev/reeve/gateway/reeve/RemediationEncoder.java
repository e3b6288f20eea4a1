package dev.reeve.gateway.reeve;

import dev.reeve.wire.reeve.v1.Remediation;
import java.util.List;

/// Remediations in the words of `reeve.v1`.
final class RemediationEncoder {
  private RemediationEncoder() {}

  static List<Remediation> encode(List<dev.reeve.policy.Remediation> offered) {
    return offered.stream().map(RemediationEncoder::encode).toList();
  }

  private static Remediation encode(dev.reeve.policy.Remediation one) {
    return Remediation.newBuilder()
        .setId(one.id())
        .setTitle(one.title())
        .setSummary(one.summary())
        .setReplacementTopic(one.replacementTopic())
        .setReplacementCapability(one.replacementCapability())
        .putAllAddLabels(one.addLabels())
        .addAllRemoveLabels(one.removeLabels())
        .build();
  }
}
