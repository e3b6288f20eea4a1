package dev.reeve.service;

import java.util.Map;

/// A device as it stands now.
///
/// @param device what never changes
/// @param online whether somebody executes its jobs
/// @param queueDepth jobs that wait for it
/// @param estimatedWaitSeconds until a job submitted now may start; 0 when one starts at once or
///   nothing was measured yet
/// @param facts further facts of the moment, and what the estimate rests on
public record DeviceView(
    DeviceFacts device,
    boolean online,
    int queueDepth,
    int estimatedWaitSeconds,
    Map<String, String> facts) {
  public DeviceView {
    facts = Map.copyOf(facts);
  }

  public String id() {
    return device.id();
  }
}
