package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a provider service says it failed at. Its message is not repeated: it may quote the
/// request.
final class RemoteFailures {
  private static final int WORD_LENGTH_MAX = 64;

  private RemoteFailures() {}

  /// The failure that a status, an error code and the class of our own kind mean.
  ///
  /// @param metadata may name its `error_class` in our words
  static ProviderFailure of(String status, String code, Map<String, String> metadata) {
    ProviderErrorClass errorClass =
        named(metadata.getOrDefault("error_class", "")).orElseGet(() -> errorClass(status, code));
    return new ProviderFailure(
        errorClass,
        0,
        "it answered " + (isWord(status) ? status : "error") + (isWord(code) ? " " + code : ""),
        errorClass == ProviderErrorClass.RATE_LIMITED,
        Optional.empty(),
        Bytes.EMPTY);
  }

  private static Optional<ProviderErrorClass> named(String word) {
    for (ProviderErrorClass known : ProviderErrorClass.values()) {
      if (known.status().equals(word)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  private static ProviderErrorClass errorClass(String status, String code) {
    if (status.equals("timeout")) {
      return ProviderErrorClass.TIMEOUT;
    }
    return switch (code.toUpperCase(Locale.ROOT)) {
      case "TIMEOUT", "CONNECTION_TIMEOUT", "CANCELLED_BY_TIMEOUT", "408", "504", "3002", "5002" ->
          ProviderErrorClass.TIMEOUT;
      case "CONNECTION_ERROR", "NETWORK_ERROR", "3001" -> ProviderErrorClass.CONNECTION_ERROR;
      case "RATE_LIMITED", "RATE_LIMIT_EXCEEDED", "QUOTA_EXCEEDED", "429", "2004" ->
          ProviderErrorClass.RATE_LIMITED;
      case "UNAUTHORIZED", "UNAUTHENTICATED", "PERMISSION_DENIED", "401", "403", "2003" ->
          ProviderErrorClass.UNAUTHORIZED;
      case "CONTEXT_WINDOW", "CONTEXT_LENGTH_EXCEEDED" -> ProviderErrorClass.CONTEXT_WINDOW;
      case "CONTENT_POLICY", "CONTENT_FILTER" -> ProviderErrorClass.CONTENT_POLICY;
      case "INVALID_REQUEST",
          "INVALID_INPUT",
          "MISSING_REQUIRED_FIELD",
          "INVALID_FORMAT",
          "400",
          "404",
          "422",
          "1001",
          "1002",
          "1003" ->
          ProviderErrorClass.REFUSED;
      default -> ProviderErrorClass.SERVER_ERROR;
    };
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.length() <= WORD_LENGTH_MAX
        && text.chars()
            .allMatch(c ->
                c == '_'
                    || c == '-'
                    || c == '.'
                    || (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z'));
  }
}
