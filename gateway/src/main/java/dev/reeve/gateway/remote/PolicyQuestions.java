package dev.reeve.gateway.remote;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.policy.DelegationFacts;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.JobFacts;
import dev.reeve.policy.PolicyInput;
import dev.reeve.wire.cordum.agent.v1.ActorType;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import java.util.Locale;

/// A question of our policy in the words of the contract.
final class PolicyQuestions {
  /// More content than this is not sent; the true size always is.
  static final int CONTENT_BYTES_MAX = 2 * 1024 * 1024;

  /// Says that the content is not all of it.
  static final String TRUNCATED_LABEL = "_content.truncated";

  private static final String DELEGATION = "_delegation.";

  private PolicyQuestions() {}

  static PolicyCheckRequest encode(PolicyInput input) {
    JobFacts facts = input.facts();
    PolicyCheckRequest.Builder out =
        PolicyCheckRequest.newBuilder()
            .setJobId(facts.jobId())
            .setTopic(input.topic())
            .setTenant(input.tenant())
            .setEstimatedCost(facts.estimatedCost())
            .setPrincipalId(input.principal())
            .putAllLabels(input.labels())
            .setMeta(
                JobMetadata.newBuilder()
                    .setTenantId(input.tenant())
                    .setActorId(input.actorId())
                    .setActorType(actorType(facts.actorType()))
                    .setCapability(input.capability())
                    .addAllRiskTags(input.riskTags())
                    .addAllRequires(facts.requires())
                    .setPackId(facts.packId()));
    facts.delegation().ifPresent(delegation -> add(out, delegation));
    addContent(out, input.content());
    return out.build();
  }

  private static void addContent(PolicyCheckRequest.Builder out, InputContent content) {
    Bytes bytes = content.bytes();
    int sent = Math.min(bytes.size(), CONTENT_BYTES_MAX);
    out.setInputContent(ByteString.copyFrom(bytes.unsafeArray(), 0, sent))
        .setInputContentType(content.type())
        .setInputSizeBytes(content.sizeBytes());
    if (content.sizeBytes() > sent) {
      out.putLabels(TRUNCATED_LABEL, "true");
    }
  }

  private static void add(PolicyCheckRequest.Builder out, DelegationFacts delegation) {
    out.putLabels(DELEGATION + "depth", String.valueOf(delegation.depth()))
        .putLabels(DELEGATION + "issuer", delegation.issuer())
        .putLabels(DELEGATION + "issuer_chain", String.join(",", delegation.issuerChain()))
        .putLabels(DELEGATION + "scope", String.join(",", delegation.scope()));
  }

  private static ActorType actorType(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "human" -> ActorType.ACTOR_TYPE_HUMAN;
      case "service" -> ActorType.ACTOR_TYPE_SERVICE;
      default -> ActorType.ACTOR_TYPE_UNSPECIFIED;
    };
  }
}
