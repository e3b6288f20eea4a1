package dev.reeve.governance.cdi;

import java.util.Objects;

/// What somebody said about being acted for.
///
/// @param kind what they said
/// @param source who said it
/// @param atMicros when, in microseconds since 1970
/// @param expiresAtMicros from when on it no longer counts; 0 for never
/// @param scope what it is about
public record ConsentSignal(
    Kind kind, String source, long atMicros, long expiresAtMicros, ConsentScope scope) {
  /// What may be said.
  public enum Kind {
    STOP,
    PAUSE,
    RESUME
  }

  public ConsentSignal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(scope, "scope");
  }

  /// Whether it still counts.
  public boolean isCurrent(long nowMicros) {
    return expiresAtMicros == 0 || nowMicros < expiresAtMicros;
  }
}
