package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.policy.DelegationFacts;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.JobFacts;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.SafetyConfig;
import dev.reeve.policy.Scope;
import dev.reeve.wire.cordum.agent.v1.ActorType;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Puts the question of a safety check into the words of policy. Whoever asks a safety kernel is
/// trusted with labels: scope and delegation are read from them.
public final class PolicyCheckDecoder {
  private PolicyCheckDecoder() {}

  /// Never refuses: what cannot be read makes the decision stricter.
  public static PolicyInput decode(PolicyCheckRequest request) {
    JobMetadata meta = request.getMeta();
    Map<String, String> labels = labels(request);
    JobFacts facts =
        new JobFacts(
            request.getJobId(),
            meta.getPackId(),
            meta.getActorId(),
            actorType(meta.getActorType()),
            meta.getRequiresList(),
            request.getEstimatedCost(),
            Scope.ofLabels(request.getJobId(), labels),
            Optional.empty(),
            DelegationFacts.ofLabels(labels));
    return new PolicyInput(
        request.getTenant().isBlank() ? meta.getTenantId() : request.getTenant(),
        request.getTopic(),
        meta.getCapability(),
        meta.getRiskTagsList(),
        labels,
        request.getPrincipalId(),
        facts,
        content(request),
        safety(request));
  }

  /// Labels of the request, and those of its metadata that it does not give another value.
  private static Map<String, String> labels(PolicyCheckRequest request) {
    if (request.getMeta().getLabelsCount() == 0) {
      return request.getLabelsCount() == 0 ? Map.of() : Map.copyOf(request.getLabelsMap());
    }
    Map<String, String> labels = new HashMap<>(request.getMeta().getLabelsMap());
    labels.putAll(request.getLabelsMap());
    return labels;
  }

  private static InputContent content(PolicyCheckRequest request) {
    boolean empty = request.getInputContent().isEmpty();
    return empty && request.getInputContentType().isEmpty() && request.getInputSizeBytes() == 0
        ? InputContent.NONE
        : new InputContent(
            Bytes.wrap(request.getInputContent().toByteArray()),
            request.getInputContentType(),
            request.getInputSizeBytes());
  }

  private static SafetyConfig safety(PolicyCheckRequest request) {
    return request.getEffectiveConfig().isEmpty()
        ? SafetyConfig.NONE
        : SafetyConfig.ofJson(request.getEffectiveConfig().toStringUtf8())
            .orElse(SafetyConfig.UNREADABLE);
  }

  private static String actorType(ActorType type) {
    return switch (type) {
      case ACTOR_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
      case ACTOR_TYPE_HUMAN -> "human";
      case ACTOR_TYPE_SERVICE -> "service";
    };
  }
}
