package dev.reeve.governance.cdi;

/// What a signal is about, or what an action is about. An empty part of a signal's scope means all
/// of it.
///
/// @param tenant whose work
/// @param principal on whose behalf
/// @param purpose what for: an action's id, or the beginning of one that ends in `*`
public record ConsentScope(String tenant, String principal, String purpose) {
  /// Everything.
  public static final ConsentScope ALL = new ConsentScope("", "", "");

  /// Whether an action of this scope is meant by a signal of that scope.
  boolean isWithin(ConsentScope signal) {
    return within(signal.tenant, tenant)
        && within(signal.principal, principal)
        && (signal.purpose.endsWith("*")
            ? purpose.startsWith(signal.purpose.substring(0, signal.purpose.length() - 1))
            : within(signal.purpose, purpose));
  }

  private static boolean within(String signal, String action) {
    return signal.isEmpty() || signal.equals(action);
  }
}
