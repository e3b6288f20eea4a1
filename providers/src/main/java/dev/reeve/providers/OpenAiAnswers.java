package dev.reeve.providers;

import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.Usage;
import java.util.Optional;

/// Reads the members of an answer that we need.
final class OpenAiAnswers {
  private OpenAiAnswers() {}

  /// The tokens that an answer or a chunk tells; empty when it tells none.
  static Optional<Usage> usage(JsonValue document) {
    if (!(document instanceof JsonValue.Members members)
        || !(members.values().get("usage") instanceof JsonValue.Members usage)) {
      return Optional.empty();
    }
    long cached =
        usage.values().get("prompt_tokens_details") instanceof JsonValue.Members details
            ? count(details, "cached_tokens")
            : 0;
    long prompt = count(usage, "prompt_tokens");
    return Optional.of(
        Usage.told(prompt, Math.min(prompt, cached), count(usage, "completion_tokens")));
  }

  private static long count(JsonValue.Members members, String name) {
    if (!(members.values().get(name) instanceof JsonValue.Numeral number)
        || number.literal().length() > 15
        || !number.literal().chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return Long.parseLong(number.literal());
  }
}
