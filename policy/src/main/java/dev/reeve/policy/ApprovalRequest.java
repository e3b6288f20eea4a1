package dev.reeve.policy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What a person is asked to approve: the held job as the policy and the worker would see it.
///
/// @param tenant whose job it is
/// @param jobId its id
/// @param principal who submitted it
/// @param topic as decided
/// @param capability as decided
/// @param riskTags as decided, in their order
/// @param labels as decided
/// @param payloadSha256 digest of the payload that will run
public record ApprovalRequest(
    String tenant,
    String jobId,
    String principal,
    String topic,
    String capability,
    List<String> riskTags,
    Map<String, String> labels,
    Bytes payloadSha256) {
  private static final String APPROVAL_LABEL_PREFIX = "approval_";
  private static final Set<String> BOOKKEEPING_LABELS =
      Set.of("cordum.bus_msg_id", "policy.attachment_id");

  public ApprovalRequest {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(capability, "capability");
    Objects.requireNonNull(payloadSha256, "payloadSha256");
    riskTags = List.copyOf(riskTags);
    labels = Map.copyOf(labels);
  }

  /// The approval hash: SHA-256 over canonical bytes of the request. Equal for equal requests; the
  /// labels that approving itself sets do not count.
  public Bytes hash() {
    Map<String, String> counted = new TreeMap<>();
    labels.forEach((name, value) -> {
      if (!name.startsWith(APPROVAL_LABEL_PREFIX) && !BOOKKEEPING_LABELS.contains(name)) {
        counted.put(name, value);
      }
    });
    return Sha256.of(
        new CanonicalWriter()
            .beginObject()
            .member("capability", capability)
            .member("job", jobId)
            .member("labels", counted)
            .member("payload", payloadSha256)
            .member("principal", principal)
            .member("risk_tags", riskTags)
            .member("t", "approval_request")
            .member("tenant", tenant)
            .member("topic", topic)
            .member("v", 1)
            .endObject()
            .toBytes());
  }
}
