package dev.reeve.cli;

import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import java.util.Optional;

/// Makes jobs that give an agent a prompt.
final class Prompts {
  private Prompts() {}

  static SubmitJobRequest of(String prompt, SubmitOptions options, String tenant) {
    SubmitJobRequest.Builder job =
        SubmitJobRequest.newBuilder()
            .setPrompt(prompt)
            .setPriority(options.priorityWord())
            .setOrgId(tenant)
            .addAllRiskTags(options.riskTags)
            .addAllRequires(options.requires)
            .putAllLabels(SubmitOptions.map(options.labels));
    Optional.ofNullable(options.topic).ifPresent(job::setTopic);
    Optional.ofNullable(options.capability).ifPresent(job::setCapability);
    Optional.ofNullable(options.principal).ifPresent(job::setPrincipalId);
    Optional.ofNullable(options.project).ifPresent(job::setProjectId);
    Optional.ofNullable(options.idempotencyKey).ifPresent(job::setIdempotencyKey);
    return job.build();
  }
}
