package dev.reeve.service.reservation;

import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/// The slots of one device: one executor for everybody, and one of one slot for each reservation
/// that is in use. Safe on any thread; never blocks.
public final class ReservedSlots {
  /// Makes and starts the executor of one slot that serves a route.
  @FunctionalInterface
  public interface Factory {
    /// @param name short name, unique in this process
    BuiltInExecutor start(String name, String route);
  }

  private final String deviceId;
  private final int slots;
  private final IntConsumer common;
  private final Factory factory;
  private final Map<String, BuiltInExecutor> reserved = new HashMap<>();

  /// @param slots how many jobs the device runs side by side
  /// @param common gives the executor of everybody so much more credit, or less when negative; it
  ///   begins with as much as there are slots
  public ReservedSlots(String deviceId, int slots, IntConsumer common, Factory factory) {
    this.deviceId = deviceId;
    this.slots = slots;
    this.common = common;
    this.factory = factory;
  }

  String deviceId() {
    return deviceId;
  }

  int slots() {
    return slots;
  }

  /// Takes a slot from everybody for the jobs of a reservation, unless it has one.
  synchronized void open(String reservationId) {
    if (!reserved.containsKey(reservationId)) {
      common.accept(-1);
      reserved.put(
          reservationId, factory.start(reservationId, DeviceDesk.route(deviceId, reservationId)));
    }
  }

  /// Gives slots back whose reservation is over once they are idle, and opens one for jobs that
  /// wait under a reservation that has none: nothing waits for ever because its time was over.
  ///
  /// @param isActive whether a reservation still holds its slot
  /// @param waiting routes on which jobs are ready
  synchronized void settle(Predicate<String> isActive, Set<String> waiting) {
    reserved
        .entrySet()
        .removeIf(entry -> {
          boolean over =
              !isActive.test(entry.getKey())
                  && !waiting.contains(DeviceDesk.route(deviceId, entry.getKey()))
                  && entry.getValue().isIdle();
          if (over) {
            entry.getValue().stop();
            common.accept(1);
          }
          return over;
        });
    String prefix = DeviceDesk.route(deviceId, "");
    for (String route : waiting) {
      if (route.startsWith(prefix)) {
        open(route.substring(prefix.length()));
      }
    }
  }
}
