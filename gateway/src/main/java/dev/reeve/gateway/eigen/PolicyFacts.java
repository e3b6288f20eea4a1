package dev.reeve.gateway.eigen;

import dev.reeve.gateway.CallFacts;
import dev.reeve.service.DeviceDesk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  static PolicyFacts of(CallFacts call, SubmitInput input) {
    Map<String, String> metadata = input.metadata();
    String own = metadata.getOrDefault("topic", "").strip();
    String topic = own.isEmpty() ? call.topic() : own;
    return new PolicyFacts(
        topic.isEmpty() ? topicOf(input.target()) : topic,
        call.riskTags(CallFacts.tags(metadata.getOrDefault("risk_tags", ""))),
        call.labels(ownLabels(metadata)));
  }

  /// `sim:local` gives `job.quantum.sim.local`, and every `sim:noisy:MODEL` the same.
  static String topicOf(String target) {
    String device = DeviceDesk.deviceOf(DeviceDesk.route(target));
    return "job.quantum." + device.replace(':', '.');
  }

  private static Map<String, String> ownLabels(Map<String, String> metadata) {
    Map<String, String> labels = new TreeMap<>();
    metadata.forEach((key, value) -> {
      if (key.startsWith(LABEL) && key.length() > LABEL.length()) {
        labels.put(key.substring(LABEL.length()), value);
      }
    });
    return labels;
  }
}
