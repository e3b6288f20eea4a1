package dev.reeve.server;

/// A value and where it came from.
///
/// @param text as written; empty when nothing was and there is no default
/// @param source `flag`, the environment variable, `file` with its line, or `default`
public record ConfigValue(String text, String source) {
  boolean isSet() {
    return !text.isEmpty();
  }
}
