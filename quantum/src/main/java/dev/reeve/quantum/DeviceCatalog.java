package dev.reeve.quantum;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The devices there are, by id. Immutable.
public final class DeviceCatalog {
  private final SortedMap<String, Device> devices = new TreeMap<>();

  /// A catalog of these devices.
  ///
  /// @throws IllegalArgumentException when two have the same id
  public DeviceCatalog(List<Device> devices) {
    for (Device device : devices) {
      if (this.devices.put(device.id(), device) != null) {
        throw new IllegalArgumentException("device: " + device.id() + " (expected: once)");
      }
    }
  }

  /// Every device, sorted by id.
  public List<Device> all() {
    return List.copyOf(devices.values());
  }

  /// Devices of one backend type, sorted by id; an empty type means all.
  public List<Device> ofType(String backendType) {
    return devices.values().stream()
        .filter(device -> backendType.isEmpty() || device.backendType().equals(backendType))
        .toList();
  }

  /// The device with this id.
  public Optional<Device> find(String id) {
    return Optional.ofNullable(devices.get(id));
  }

  /// The refusal for an id that [#find] does not know.
  ///
  /// @param field name of the request field that held the id
  public Problem unknown(String field, String id) {
    String nearest = Text.nearest(id, devices.keySet());
    String expected = nearest.isEmpty() ? String.join(", ", devices.keySet()) : nearest;
    return QuantumProblems.DEVICE_UNKNOWN.field(field, id, expected).with("device_id", id);
  }
}
