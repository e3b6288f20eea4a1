package dev.reeve.policy;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How often something may happen before a rule fires.
///
/// @param maxRequests the rule fires from the next one on
/// @param windowSeconds how long a request counts
/// @param key what is counted together: words such as `tenant:labels.region`
public record Velocity(long maxRequests, int windowSeconds, String key) {
  /// Longest window in seconds.
  public static final int WINDOW_SECONDS_MAX = 86_400;

  private static final String LABEL = "labels.";
  private static final char SEPARATOR = '\u001F';
  private static final List<String> WORDS =
      List.of("actor_id", "actor_type", "tenant", "topic", "pack_id", "capability");

  public Velocity {
    Check.argument(maxRequests >= 1, "max_requests: %s (expected: >= 1)", maxRequests);
    Check.argument(
        windowSeconds >= 1 && windowSeconds <= WINDOW_SECONDS_MAX,
        "window_seconds: %s (expected: 1 to 86400)",
        windowSeconds);
  }

  /// The first part of a key that is no key word, if any.
  static Optional<String> badPart(String key) {
    for (String written : key.split(":", -1)) {
      String part = written.strip();
      boolean label = part.startsWith(LABEL) && part.length() > LABEL.length();
      if (!label && !WORDS.contains(part)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  /// What to count for a request; empty when a part of the key is.
  Optional<VelocityCheck> checkFor(String ruleId, PolicyInput input, String tenant) {
    List<String> values = new ArrayList<>();
    values.add(ruleId);
    for (String written : key.split(":", -1)) {
      String part = written.strip();
      String value = valueOf(part, input, tenant).strip();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value);
    }
    return Optional.of(
        new VelocityCheck(
            String.join(String.valueOf(SEPARATOR), values),
            input.facts().jobId(),
            maxRequests,
            windowSeconds,
            false));
  }

  private static String valueOf(String part, PolicyInput input, String tenant) {
    return switch (part) {
      case "actor_id" -> input.actorId();
      case "actor_type" -> input.facts().actorType();
      case "tenant" -> tenant;
      case "topic" -> input.topic();
      case "pack_id" -> input.facts().packId();
      case "capability" -> input.capability();
      default -> input.labels().getOrDefault(part.substring(LABEL.length()), "");
    };
  }
}
