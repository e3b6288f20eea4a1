package dev.reeve.conformance.e2e;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes the few requests that tests send.
final class Json {
  private Json() {}

  static String object(String members) {
    return "{" + members + "}";
  }

  /// How proto JSON writes bytes.
  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
