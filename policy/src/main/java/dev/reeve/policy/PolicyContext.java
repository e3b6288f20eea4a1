package dev.reeve.policy;

/// What a decision needs beside policy and request.
///
/// @param velocity counts requests
/// @param scanner looks into content
public record PolicyContext(VelocityCounter velocity, InputScanner scanner) {
  /// Counts nothing and scans nothing: rules that need it fail closed.
  public static final PolicyContext NONE =
      new PolicyContext(VelocityCounter.NONE, InputScanner.NONE);
}
