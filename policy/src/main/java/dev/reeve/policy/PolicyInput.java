package dev.reeve.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a policy sees of a request.
///
/// @param tenant the request's tenant, or else the one of its metadata; blank when neither is given
/// @param topic what kind of work it is, such as `job.ops.restart`
/// @param capability what the work needs; blank when not said
/// @param riskTags what makes the work risky, in the words of the caller
/// @param labels further facts by name
/// @param principal who asks; blank when unknown
public record PolicyInput(
    String tenant,
    String topic,
    String capability,
    List<String> riskTags,
    Map<String, String> labels,
    String principal) {
  /// Longest topic in UTF-16 units; a longer one is denied.
  public static final int TOPIC_LENGTH_MAX = 256;

  /// Most risk tags; a request with more is denied.
  public static final int RISK_TAGS_MAX = 1000;

  /// Most labels; a request with more is denied.
  public static final int LABELS_MAX = 1000;

  public PolicyInput {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(capability, "capability");
    Objects.requireNonNull(principal, "principal");
    riskTags = List.copyOf(riskTags);
    labels = Map.copyOf(labels);
  }

  /// A request of a tenant for a topic, with nothing else said.
  public static PolicyInput of(String tenant, String topic) {
    return new PolicyInput(tenant, topic, "", List.of(), Map.of(), "");
  }
}
