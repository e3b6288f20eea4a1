package dev.reeve.policy;

/// Counts requests within a window.
public interface VelocityCounter {
  /// Counts nothing and knows nothing, so that a rule with velocity asks for a person.
  VelocityCounter NONE = _ -> Standing.UNAVAILABLE;

  /// What a count says.
  enum Standing {
    WITHIN,
    EXCEEDED,
    UNAVAILABLE
  }

  /// Counts this request, and says whether the window now holds more than the rule permits.
  Standing count(VelocityCheck check);
}
