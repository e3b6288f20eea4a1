package dev.reeve.scan;

/// Names of scanners, and the other names that policies use for them.
public final class ScannerNames {
  public static final String SECRET = "secret";
  public static final String PII = "pii";
  public static final String INJECTION = "injection";
  public static final String PROMPT_INJECTION = "prompt_injection";
  public static final String KEYWORD = "keyword";

  private ScannerNames() {}

  /// The scanner that a policy means: `secret_leak` is `secret`, `code_injection` is `injection`.
  public static String canonical(String name) {
    return switch (name) {
      case "secret_leak" -> SECRET;
      case "code_injection" -> INJECTION;
      default -> name;
    };
  }

  /// Whether content that could not be scanned whole must be held because of this scanner.
  public static boolean isSensitive(String name) {
    return switch (canonical(name)) {
      case SECRET, PII, INJECTION, PROMPT_INJECTION -> true;
      default -> false;
    };
  }
}
