package dev.reeve.gateway.cap;

/// What becomes of packets from workers without a session.
public enum SessionMode {
  /// They are taken; the older handshake is not served.
  OFF,
  /// They are taken and counted.
  WARN,
  /// They are refused.
  ENFORCE
}
