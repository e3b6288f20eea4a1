package dev.reeve.gateway;

import java.util.Locale;
import java.util.Optional;

/// Trace ids in the form of the Cordum and CAP contracts.
public final class TraceIds {
  private static final int HEX_LENGTH = 32;

  private TraceIds() {}

  /// The 32 hex digits of a W3C trace id as UUID text, the same 128 bits; anything else as it is.
  public static String uuidText(String traceId) {
    return isHex(traceId)
        ? String.join(
            "-",
            traceId.substring(0, 8),
            traceId.substring(8, 12),
            traceId.substring(12, 16),
            traceId.substring(16, 20),
            traceId.substring(20))
        : traceId;
  }

  /// A trace id as 32 hex digits, given as such or as UUID text; empty for anything else.
  public static Optional<String> hex(String traceId) {
    String digits =
        traceId.length() == HEX_LENGTH + 4
            ? traceId.replace("-", "").toLowerCase(Locale.ROOT)
            : traceId.toLowerCase(Locale.ROOT);
    return isHex(digits) ? Optional.of(digits) : Optional.empty();
  }

  private static boolean isHex(String text) {
    boolean hex = text.length() == HEX_LENGTH;
    for (int i = 0; hex && i < HEX_LENGTH; i++) {
      char c = text.charAt(i);
      hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return hex;
  }
}
