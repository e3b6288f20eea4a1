package dev.reeve.gateway.beamline.worker;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Why a step failed, as the contract numbers it. On the wire by name; its number as text is read
/// too.
enum ExecErrorCode {
  NONE(0, false),
  INVALID_INPUT(1001, false),
  MISSING_REQUIRED_FIELD(1002, false),
  INVALID_FORMAT(1003, false),
  EXECUTION_FAILED(2001, true),
  RESOURCE_UNAVAILABLE(2002, true),
  PERMISSION_DENIED(2003, false),
  QUOTA_EXCEEDED(2004, false),
  NETWORK_ERROR(3001, true),
  CONNECTION_TIMEOUT(3002, true),
  HTTP_ERROR(3003, true),
  INTERNAL_ERROR(4001, true),
  SYSTEM_OVERLOAD(4002, true),
  CANCELLED_BY_USER(5001, false),
  CANCELLED_BY_TIMEOUT(5002, false);

  /// What a number stands for that the contract does not know.
  static final String UNKNOWN = "UNKNOWN_ERROR";

  /// Words of single workers for what will not go better next time.
  private static final Set<String> FINAL_WORDS =
      Set.of(
          "UNKNOWN_JOB_TYPE",
          "MISSING_URL",
          "INVALID_METHOD",
          "REQUEST_BUILD_ERROR",
          "GRAPHQL_RESPONSE_PARSE_ERROR",
          "MISSING_QUERY",
          "MISSING_CONNECTION_STRING",
          "DB_QUERY_ERROR",
          "MISSING_PATH",
          "INVALID_PATH",
          "BASE64_DECODE_ERROR",
          "MISSING_CONTENT",
          "MISSING_PROMPT",
          "MISSING_EXPRESSION",
          "JMESPATH_COMPILE_ERROR",
          "JMESPATH_RUNTIME_ERROR",
          "MISSING_CODE",
          "SCRIPT_ERROR");

  private static final Map<String, ExecErrorCode> BY_NUMBER =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> Integer.toString(code.number), Function.identity()));

  private static final Map<String, ExecErrorCode> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ExecErrorCode::name, Function.identity()));

  private final int number;
  private final boolean mayGoBetter;

  ExecErrorCode(int number, boolean mayGoBetter) {
    this.number = number;
    this.mayGoBetter = mayGoBetter;
  }

  int number() {
    return number;
  }

  static Optional<ExecErrorCode> of(String nameOrNumber) {
    ExecErrorCode named = BY_NAME.get(nameOrNumber);
    return Optional.ofNullable(named == null ? BY_NUMBER.get(nameOrNumber) : named);
  }

  /// The name of a code that came by name or number; a number of nobody is [#UNKNOWN], a worker's
  /// own word stays.
  static String wire(String received) {
    Optional<ExecErrorCode> known = of(received);
    if (known.isPresent()) {
      return known.get().name();
    }
    boolean isNumber = !received.isEmpty() && received.chars().allMatch(Character::isDigit);
    return isNumber && !isHttpStatus(received) ? UNKNOWN : received;
  }

  /// Whether another attempt makes sense: after trouble of network, time, resources, execution or
  /// the worker itself, not after what the job itself got wrong. Words that nobody knows may.
  static boolean mayGoBetter(String code) {
    Optional<ExecErrorCode> known = of(code);
    if (known.isPresent()) {
      return known.get().mayGoBetter;
    }
    String status = code.startsWith("HTTP_") ? code.substring("HTTP_".length()) : code;
    boolean refused = isHttpStatus(status) && status.charAt(0) == '4' && !status.equals("408");
    return !refused && !status.equalsIgnoreCase("4XX") && !FINAL_WORDS.contains(code);
  }

  private static boolean isHttpStatus(String text) {
    return text.length() == 3
        && text.charAt(0) >= '1'
        && text.charAt(0) <= '5'
        && text.chars().allMatch(Character::isDigit);
  }
}
