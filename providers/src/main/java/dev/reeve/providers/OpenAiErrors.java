package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Reads what an API of the OpenAI kind answers in place of an answer.
final class OpenAiErrors {
  private static final int BODY_BYTES_MAX = 16 * 1024;

  private OpenAiErrors() {}

  /// The failure that an HTTP answer means.
  ///
  /// @param status 400 and above
  /// @param retryAfter the header `retry-after`; may be empty
  static ProviderFailure of(int status, String retryAfter, Bytes body, Instant now) {
    Optional<JsonValue> document =
        body.size() <= BODY_BYTES_MAX ? JsonText.parse(body.utf8()) : Optional.empty();
    String code = document.map(OpenAiErrors::code).orElse("");
    ProviderErrorClass errorClass = errorClass(status, code);
    return new ProviderFailure(
        errorClass,
        status,
        "HTTP " + status + (isWord(code) ? " " + code : ""),
        status == 429 || status == 503,
        wait(retryAfter, now),
        errorClass.isOfCaller() && document.isPresent() ? body : Bytes.EMPTY);
  }

  private static ProviderErrorClass errorClass(int status, String code) {
    if (code.contains("context_length")) {
      return ProviderErrorClass.CONTEXT_WINDOW;
    }
    if (code.contains("content_filter") || code.contains("content_policy")) {
      return ProviderErrorClass.CONTENT_POLICY;
    }
    if (status >= 500) {
      return status == 504 ? ProviderErrorClass.TIMEOUT : ProviderErrorClass.SERVER_ERROR;
    }
    return switch (status) {
      case 401, 403 -> ProviderErrorClass.UNAUTHORIZED;
      case 408 -> ProviderErrorClass.TIMEOUT;
      case 429 -> ProviderErrorClass.RATE_LIMITED;
      default -> ProviderErrorClass.REFUSED;
    };
  }

  /// `error.code`, else `error.type`; empty when neither is text.
  private static String code(JsonValue document) {
    if (!(document instanceof JsonValue.Members members)
        || !(members.values().get("error") instanceof JsonValue.Members error)) {
      return "";
    }
    if (error.values().get("code") instanceof JsonValue.Text code) {
      return code.value();
    }
    return error.values().get("type") instanceof JsonValue.Text type ? type.value() : "";
  }

  /// What goes into logs and receipts is a word, never a sentence of somebody else.
  private static boolean isWord(String code) {
    return !code.isEmpty()
        && code.length() <= 64
        && code.chars().allMatch(c -> c == '_' || c == '-' || c == '.' || isAlphanumeric(c));
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// Seconds, or a date (RFC 9110); empty when it is neither.
  static Optional<Duration> wait(String header, Instant now) {
    if (header.isEmpty() || header.length() > 64) {
      return Optional.empty();
    }
    if (header.length() <= 9 && header.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    try {
      Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
