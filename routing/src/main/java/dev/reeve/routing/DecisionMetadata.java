package dev.reeve.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The texts that go with a decision: the context as the caller sent it and extensions changed it,
/// and over it what we say ourselves.
final class DecisionMetadata {
  /// The contract's limit; values of the context that do not fit any more are left out.
  private static final int CHARACTERS_MAX = 64 * 1024;

  private final Map<String, String> texts = new LinkedHashMap<>();

  DecisionMetadata(Map<String, Object> context) {
    int characters = 0;
    for (Map.Entry<String, Object> member : context.entrySet()) {
      if (member.getValue() != RouteJson.Null.VALUE) {
        String text = RouteJson.text(member.getValue());
        characters += member.getKey().length() + text.length();
        if (characters <= CHARACTERS_MAX) {
          texts.put(member.getKey(), text);
        }
      }
    }
  }

  DecisionMetadata put(String name, String text) {
    texts.put(name, text);
    return this;
  }

  DecisionMetadata put(String name, long number) {
    texts.put(name, Long.toString(number));
    return this;
  }

  /// What the choice was made by.
  DecisionMetadata choice(Choice choice, Asking asking) {
    if (!choice.algorithm().isEmpty()) {
      put("algorithm", choice.algorithm());
    }
    if (choice.retry().isPresent()) {
      RetryAdvice retry = choice.retry().get();
      put("retry_attempt", retry.attempt());
      put("retry_max", retry.max());
      put("backoff_ms", retry.backoffMs());
    }
    if (!choice.ruleId().isEmpty()) {
      boolean failing = choice.isFallback() || choice.retry().isPresent();
      put(failing ? "fallback_rule_id" : "rule_id", choice.ruleId());
    }
    if (choice.isFallback()) {
      put("fallback_applied", "true");
    }
    if (choice.isFallback() && !asking.failedStatus().isEmpty()) {
      double used = asking.facts().number("retry_attempts_used");
      put("retry_attempts_used", used >= 0 ? (long) used : 0);
    }
    if (choice.asLastResort()) {
      put("last_resort", "true");
    }
    return this;
  }

  DecisionMetadata traces(List<ExtensionTrace> traces) {
    List<Object> all = new ArrayList<>();
    for (ExtensionTrace trace : traces) {
      all.add(Map.of("type", trace.type().wireName(), "id", trace.id(), "status", trace.status()));
    }
    return put("executed_extensions", RouteJson.write(all));
  }

  Map<String, String> texts() {
    return texts;
  }
}
