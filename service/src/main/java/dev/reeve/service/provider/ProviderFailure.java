package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Why a provider gave no answer.
///
/// @param errorClass in which way it failed
/// @param httpStatus what it answered with; 0 without an answer
/// @param message safe text: never a key, never a payload
/// @param notBegun whether the provider cannot have begun to work on it: asking again repeats
///   nothing
/// @param retryAfter when it may answer again, if it said so
/// @param body its error in the JSON of the OpenAI API, for the caller; empty when there is none
public record ProviderFailure(
    ProviderErrorClass errorClass,
    int httpStatus,
    String message,
    boolean notBegun,
    Optional<Duration> retryAfter,
    Bytes body) {
  public ProviderFailure {
    Objects.requireNonNull(errorClass, "errorClass");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(retryAfter, "retryAfter");
    Objects.requireNonNull(body, "body");
  }

  /// The same, with the time after which it may answer again.
  public ProviderFailure withRetryAfter(Optional<Duration> wait) {
    return new ProviderFailure(errorClass, httpStatus, message, notBegun, wait, body);
  }

  /// A failure without an answer.
  public static ProviderFailure of(ProviderErrorClass errorClass, String message) {
    return new ProviderFailure(errorClass, 0, message, false, Optional.empty(), Bytes.EMPTY);
  }
}
