package dev.reeve.service;

import java.util.Locale;

/// Whether a device takes work.
public enum DeviceStanding {
  /// It runs what comes.
  ONLINE,
  /// It runs nothing; jobs wait for it.
  OFFLINE,
  /// It measures itself; jobs wait until it has done so.
  CALIBRATING,
  /// Somebody works on it; jobs wait.
  MAINTENANCE,
  /// It answers, but not as it should.
  ERROR;

  /// As configurations and facts have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
