package dev.reeve.routing;

/// Which provider a session stays with, and until when. Thread-safe.
final class Pin extends RecentMap.Entry {
  /// @param session the session's value, or its digest when it is long
  record Key(String tenantId, String policyId, String session) {}

  private record State(String providerId, long untilNanos) {}

  private volatile State state;

  Pin(String providerId, long untilNanos) {
    state = new State(providerId, untilNanos);
  }

  /// Empty when the time is over.
  String providerId(long nowNanos) {
    State now = state;
    return nowNanos - now.untilNanos() < 0 ? now.providerId() : "";
  }

  void set(String providerId, long untilNanos) {
    state = new State(providerId, untilNanos);
  }
}
