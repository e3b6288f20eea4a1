package dev.reeve.gateway;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the metadata of a call says for policy, where the message itself has no place for it or
/// says nothing: `x-reeve-topic`, `x-reeve-risk-tags`, `x-reeve-label-NAME`.
///
/// @param topic subject that rules match; empty when it is not said
/// @param riskTags tags that rules match
/// @param labels labels that rules match, without those that belong to the system
public record CallFacts(String topic, List<String> riskTags, Map<String, String> labels) {
  private static final String LABEL_HEADER = "x-reeve-label-";
  private static final String SYSTEM = "_";
  private static final String APPROVAL = "approval_";

  /// The mark of a job that another decider was not heard about.
  private static final String BYPASSED = "safety_bypassed";

  public CallFacts {
    riskTags = List.copyOf(riskTags);
    labels = Map.copyOf(labels);
  }

  /// What this call says.
  public static CallFacts of(CallScope scope) {
    Map<String, String> labels = new TreeMap<>();
    for (String header : scope.headers().keys()) {
      boolean binary = header.endsWith(Metadata.BINARY_HEADER_SUFFIX);
      if (header.startsWith(LABEL_HEADER) && !binary) {
        labels.put(header.substring(LABEL_HEADER.length()), scope.header(header));
      }
    }
    return new CallFacts(
        scope.header("x-reeve-topic").strip(),
        tags(scope.header("x-reeve-risk-tags")),
        clientLabels(labels));
  }

  /// The tags of a message, or those of the call when it has none.
  public List<String> riskTags(List<String> own) {
    return own.isEmpty() ? riskTags : own;
  }

  /// The labels of the call, and over them those of a message.
  public Map<String, String> labels(Map<String, String> own) {
    if (labels.isEmpty()) {
      return clientLabels(own);
    }
    Map<String, String> all = new TreeMap<>(labels);
    all.putAll(clientLabels(own));
    return all;
  }

  /// Tags between commas.
  public static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    for (String tag : text.split(",", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
    return tags;
  }

  /// What a client may say by labels. Names that begin with `_` belong to the system, that a job is
  /// approved is said by persons alone, and that a decider was passed over by the server.
  public static Map<String, String> clientLabels(Map<String, String> given) {
    boolean clean = true;
    for (String name : given.keySet()) {
      clean &= isOfClient(name);
    }
    if (clean) {
      return given;
    }
    Map<String, String> kept = new TreeMap<>(given);
    kept.keySet().removeIf(name -> !isOfClient(name));
    return kept;
  }

  private static boolean isOfClient(String name) {
    return !name.startsWith(SYSTEM) && !name.startsWith(APPROVAL) && !name.equals(BYPASSED);
  }
}
