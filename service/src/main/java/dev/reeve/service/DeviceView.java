package dev.reeve.service;

import java.util.Map;

/// A device as it stands now.
///
/// @param device what it is and can do
/// @param standing whether it takes work
/// @param queueDepth jobs that wait for it
/// @param estimatedWaitSeconds until a job submitted now may start; 0 when one starts at once or
///   nothing was measured yet
/// @param facts further facts of the moment, and what the estimate rests on
public record DeviceView(
    DeviceFacts device,
    DeviceStanding standing,
    int queueDepth,
    int estimatedWaitSeconds,
    Map<String, String> facts) {
  public DeviceView {
    facts = Map.copyOf(facts);
  }

  /// Whether it takes work.
  public boolean online() {
    return standing == DeviceStanding.ONLINE;
  }

  public String id() {
    return device.id();
  }
}
