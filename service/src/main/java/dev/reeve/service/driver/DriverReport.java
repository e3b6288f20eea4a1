package dev.reeve.service.driver;

import dev.reeve.service.DeviceStanding;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a driver says of a device.
///
/// @param id what the driver calls it
/// @param name for people; empty when not said
/// @param backendType empty when not said
/// @param standing how it stands
/// @param queueDepth jobs that wait for it at the driver
/// @param estimatedWaitSeconds until one more would start there
/// @param facts capabilities of a device, or facts of the moment
public record DriverReport(
    String id,
    String name,
    String backendType,
    DeviceStanding standing,
    int queueDepth,
    int estimatedWaitSeconds,
    SortedMap<String, String> facts) {
  /// Most facts that are kept of a device.
  private static final int FACTS_MAX = 64;

  private static final int TEXT_LENGTH_MAX = 16 * 1024;

  public DriverReport {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(standing, "standing");
    facts = bounded(facts);
  }

  /// A driver is not ours: what it says is kept within bounds.
  static SortedMap<String, String> bounded(Map<String, String> said) {
    SortedMap<String, String> kept = new TreeMap<>();
    new TreeMap<>(said)
        .forEach((name, text) -> {
          boolean fits = name.length() <= 128 && text.length() <= TEXT_LENGTH_MAX;
          if (kept.size() < FACTS_MAX && fits) {
            kept.put(name, text);
          }
        });
    return Collections.unmodifiableSortedMap(kept);
  }

  String fact(String name) {
    return facts.getOrDefault(name, "");
  }
}
