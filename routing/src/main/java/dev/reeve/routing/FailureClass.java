package dev.reeve.routing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How a call of a provider ended, as breakers and fallback rules see it.
public enum FailureClass {
  NONE("success", false),
  TIMEOUT("timeout", true),
  SERVER_ERROR("5xx", true),
  CONNECTION_ERROR("connection_error", true),
  PROVIDER_UNAVAILABLE("provider_unavailable", true),
  /// It refused the request as such.
  CLIENT_ERROR("4xx", false),
  RATE_LIMITED("rate_limited", false),
  CANCELLED("cancelled", false);

  private static final Set<String> CALLERS_FAULT =
      Set.of(
          "INVALID_INPUT",
          "MISSING_REQUIRED_FIELD",
          "INVALID_FORMAT",
          "PERMISSION_DENIED",
          "UNKNOWN_JOB_TYPE",
          "MISSING_URL",
          "INVALID_METHOD",
          "MISSING_QUERY",
          "MISSING_CONNECTION_STRING",
          "MISSING_PATH",
          "INVALID_PATH",
          "MISSING_CONTENT",
          "MISSING_PROMPT",
          "MISSING_EXPRESSION",
          "MISSING_CODE",
          "BASE64_DECODE_ERROR",
          "JMESPATH_COMPILE_ERROR",
          "SCRIPT_ERROR",
          "REQUEST_BUILD_ERROR",
          "CONTEXT_WINDOW",
          "CONTENT_POLICY",
          "VALIDATION_FAILED",
          "VALIDATION",
          "VALIDATION_ERROR",
          "INVALID_REQUEST",
          "UNAUTHORIZED",
          "FORBIDDEN",
          "NOT_FOUND",
          "4XX",
          "1001",
          "1002",
          "1003",
          "2003");

  private static final Map<String, FailureClass> BY_CODE =
      Map.ofEntries(
          Map.entry("TIMEOUT", TIMEOUT),
          Map.entry("CONNECTION_TIMEOUT", TIMEOUT),
          Map.entry("3002", TIMEOUT),
          Map.entry("NETWORK_ERROR", CONNECTION_ERROR),
          Map.entry("3001", CONNECTION_ERROR),
          Map.entry("CONNECTION_ERROR", CONNECTION_ERROR),
          Map.entry("HTTP_REQUEST_FAILED", CONNECTION_ERROR),
          Map.entry("GRAPHQL_REQUEST_FAILED", CONNECTION_ERROR),
          Map.entry("DB_CONNECTION_ERROR", CONNECTION_ERROR),
          Map.entry("RESOURCE_UNAVAILABLE", PROVIDER_UNAVAILABLE),
          Map.entry("2002", PROVIDER_UNAVAILABLE),
          Map.entry("SYSTEM_OVERLOAD", PROVIDER_UNAVAILABLE),
          Map.entry("4002", PROVIDER_UNAVAILABLE),
          Map.entry("PROVIDER_UNAVAILABLE", PROVIDER_UNAVAILABLE),
          Map.entry("QUOTA_EXCEEDED", RATE_LIMITED),
          Map.entry("2004", RATE_LIMITED),
          Map.entry("RATE_LIMITED", RATE_LIMITED),
          Map.entry("RATE_LIMIT", RATE_LIMITED),
          Map.entry("RATE_LIMIT_EXCEEDED", RATE_LIMITED),
          Map.entry("CANCELLED", CANCELLED),
          Map.entry("CANCELED", CANCELLED),
          Map.entry("CANCELLED_BY_USER", CANCELLED),
          Map.entry("5001", CANCELLED),
          Map.entry("CANCELLED_BY_TIMEOUT", CANCELLED),
          Map.entry("5002", CANCELLED));

  private final String wireName;
  private final boolean countsForBreaker;

  FailureClass(String wireName, boolean countsForBreaker) {
    this.wireName = wireName;
    this.countsForBreaker = countsForBreaker;
  }

  /// As `context.status` and fallback rules write it.
  public String wireName() {
    return wireName;
  }

  /// Whether it says that the provider does not work.
  public boolean countsForBreaker() {
    return countsForBreaker;
  }

  /// The class of a worker's or provider's result by its status (`success`, `error`, `timeout`,
  /// `cancelled`) and its error code, whose name, number or HTTP status is understood. An error
  /// that is not known to be the caller's is the provider's.
  public static FailureClass ofResult(String status, String errorCode) {
    return switch (status.toLowerCase(Locale.ROOT)) {
      case "success", "ok" -> NONE;
      case "timeout" -> TIMEOUT;
      case "cancelled" -> CANCELLED;
      default -> ofError(errorCode.toUpperCase(Locale.ROOT));
    };
  }

  /// The class that a caller reports in `context.status`.
  static FailureClass ofReport(String status) {
    String upper = status.toUpperCase(Locale.ROOT);
    return upper.equals("SUCCESS") || upper.equals("OK") ? NONE : ofError(upper);
  }

  private static FailureClass ofError(String code) {
    if (CALLERS_FAULT.contains(code)) {
      return CLIENT_ERROR;
    }
    FailureClass known = BY_CODE.get(code);
    return known != null ? known : ofHttp(code.startsWith("HTTP_") ? code.substring(5) : code);
  }

  private static FailureClass ofHttp(String code) {
    if (code.length() != 3 || !code.chars().allMatch(Character::isDigit)) {
      return SERVER_ERROR;
    }
    return switch (code) {
      case "408", "504" -> TIMEOUT;
      case "429" -> RATE_LIMITED;
      default ->
          switch (code.charAt(0)) {
            case '2' -> NONE;
            case '4' -> CLIENT_ERROR;
            default -> SERVER_ERROR;
          };
    };
  }
}
