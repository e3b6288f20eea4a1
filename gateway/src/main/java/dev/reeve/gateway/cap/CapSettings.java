package dev.reeve.gateway.cap;

/// What can be set about this protocol.
///
/// @param keys whose packets are believed, and our own key
/// @param sessions what becomes of packets without a session
/// @param readinessRequired whether a worker serves only topics for which it said that it is ready
public record CapSettings(SenderKeys keys, SessionMode sessions, boolean readinessRequired) {
  /// Everybody is believed.
  public static final CapSettings OPEN = new CapSettings(SenderKeys.NONE, SessionMode.OFF, false);
}
