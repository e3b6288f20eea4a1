package dev.reeve.policy;

import java.util.List;
import java.util.Objects;

/// What output rules see of a result beside its content.
///
/// @param tenant whose it is; blank for the policy's default
/// @param topic of the job; may be empty
/// @param capabilities of the job
/// @param riskTags of the job
/// @param contentType media type; may be empty
/// @param sizeBytes true size of the content, however much of it is here
/// @param hasError whether it came with an error
public record OutputFacts(
    String tenant,
    String topic,
    List<String> capabilities,
    List<String> riskTags,
    String contentType,
    long sizeBytes,
    boolean hasError) {
  public OutputFacts {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(contentType, "contentType");
    capabilities = List.copyOf(capabilities);
    riskTags = List.copyOf(riskTags);
  }

  /// These facts of an output of this size.
  public OutputFacts withSizeBytes(long bytes) {
    return new OutputFacts(tenant, topic, capabilities, riskTags, contentType, bytes, hasError);
  }
}
