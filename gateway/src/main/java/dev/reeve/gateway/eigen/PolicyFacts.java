package dev.reeve.gateway.eigen;

import dev.reeve.gateway.CallScope;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What policy sees of a quantum job. The job's own metadata speaks first (`topic`, `risk_tags`,
/// `label.NAME`), then the metadata of the call; the topic of a job that names none is that of its
/// target.
///
/// @param topic subject that rules match
/// @param riskTags tags that rules match
/// @param labels labels that rules match
record PolicyFacts(String topic, List<String> riskTags, Map<String, String> labels) {
  /// What kind of act every job of this dialect is.
  static final String CAPABILITY = "quantum.run";

  private static final String LABEL = "label.";
  private static final String LABEL_HEADER = "x-reeve-label-";

  static PolicyFacts of(CallScope scope, SubmitInput input) {
    Map<String, String> metadata = input.metadata();
    String topic = firstOf(metadata.get("topic"), scope.header("x-reeve-topic"));
    return new PolicyFacts(
        topic.isEmpty() ? topicOf(input.target()) : topic,
        tags(firstOf(metadata.get("risk_tags"), scope.header("x-reeve-risk-tags"))),
        labels(scope, metadata));
  }

  /// `sim:local` gives `job.quantum.sim.local`.
  static String topicOf(String target) {
    return "job.quantum." + target.replace(':', '.');
  }

  private static String firstOf(@Nullable String own, String header) {
    return own == null || own.isBlank() ? header.strip() : own.strip();
  }

  private static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    for (String tag : text.split(",", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
    return tags;
  }

  private static Map<String, String> labels(CallScope scope, Map<String, String> metadata) {
    Map<String, String> labels = new TreeMap<>();
    for (String header : scope.headers().keys()) {
      boolean binary = header.endsWith(Metadata.BINARY_HEADER_SUFFIX);
      if (header.startsWith(LABEL_HEADER) && !binary) {
        labels.put(header.substring(LABEL_HEADER.length()), scope.header(header));
      }
    }
    metadata.forEach((key, value) -> {
      if (key.startsWith(LABEL) && key.length() > LABEL.length()) {
        labels.put(key.substring(LABEL.length()), value);
      }
    });
    return labels;
  }
}
