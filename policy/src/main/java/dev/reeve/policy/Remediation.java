package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// What could be asked for instead of a job that was refused. Empty members change nothing.
public record Remediation(
    String id,
    String title,
    String summary,
    String replacementTopic,
    String replacementCapability,
    Map<String, String> addLabels,
    List<String> removeLabels) {
  public Remediation {
    addLabels = Map.copyOf(addLabels);
    removeLabels = List.copyOf(removeLabels);
  }
}
