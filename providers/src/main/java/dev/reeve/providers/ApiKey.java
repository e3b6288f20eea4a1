package dev.reeve.providers;

import java.util.Objects;

/// A key to a provider. Its text is reached by [#reveal] alone: whoever prints, logs or compares
/// the object sees nothing.
public final class ApiKey {
  /// No key.
  public static final ApiKey NONE = new ApiKey("");

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  /// Takes a key as it is.
  public static ApiKey of(String text) {
    return new ApiKey(Objects.requireNonNull(text, "text"));
  }

  /// Whether there is one.
  boolean isPresent() {
    return !text.isEmpty();
  }

  /// The key itself, for a request header and nothing else.
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return isPresent() ? "ApiKey[set]" : "ApiKey[none]";
  }
}
