package dev.reeve.job;

import java.util.List;
import java.util.Map;

/// What is to be done, as policy and workers see it.
///
/// @param name human name; may be empty
/// @param topic the subject that policy rules match, `job.` and dotted segments
/// @param capability what kind of act it is; may be empty
/// @param riskTags tags that rules match
/// @param requires what a worker must offer
/// @param labels labels that rules match
/// @param metadata the caller's own facts, handed to the worker
/// @param attributes facts that the dialect's encoder needs again, such as `target`
/// @param claims what the submitter says of the act
public record Work(
    String name,
    String topic,
    String capability,
    List<String> riskTags,
    List<String> requires,
    Map<String, String> labels,
    Map<String, String> metadata,
    Map<String, String> attributes,
    Claims claims) {
  public Work {
    riskTags = List.copyOf(riskTags);
    requires = List.copyOf(requires);
    labels = Map.copyOf(labels);
    metadata = Map.copyOf(metadata);
    attributes = Map.copyOf(attributes);
    Storable.text("name", name);
    Storable.text("topic", topic);
    Storable.text("capability", capability);
    Storable.texts("risk_tags", riskTags);
    Storable.texts("requires", requires);
    Storable.texts("labels", labels);
    Storable.texts("metadata", metadata);
    Storable.texts("attributes", attributes);
  }

  /// Work of which its submitter says no more.
  public Work(
      String name,
      String topic,
      String capability,
      List<String> riskTags,
      List<String> requires,
      Map<String, String> labels,
      Map<String, String> metadata,
      Map<String, String> attributes) {
    this(name, topic, capability, riskTags, requires, labels, metadata, attributes, Claims.NONE);
  }

  /// The same work under other labels.
  public Work withLabels(Map<String, String> other) {
    return new Work(
        name, topic, capability, riskTags, requires, other, metadata, attributes, claims);
  }
}
