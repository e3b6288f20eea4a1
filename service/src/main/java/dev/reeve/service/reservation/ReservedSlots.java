package dev.reeve.service.reservation;

import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The slots of one device: one executor for everybody, and one of one slot for each reservation
/// that is in use. A reservation whose time is over takes no more jobs and gives its slot back when
/// its run ends; jobs that still wait under it are run one by one beside the slots, so that neither
/// they nor anybody else wait for ever. Safe on any thread; never blocks.
public final class ReservedSlots {
  private static final String REST = "-rest";

  /// Makes and starts the executor of one slot that serves a route.
  @FunctionalInterface
  public interface Factory {
    /// @param name short name, unique in this process
    BuiltInExecutor start(String name, String route);
  }

  private static final class Slot {
    private final BuiltInExecutor executor;
    private boolean over;

    private Slot(BuiltInExecutor executor) {
      this.executor = executor;
    }
  }

  private record Rest(String route, BuiltInExecutor executor) {}

  private final String deviceId;
  private final int slots;
  private final IntConsumer common;
  private final Factory factory;
  private final Map<String, Slot> reserved = new HashMap<>();
  private @Nullable Rest rest;

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

  /// How many slots others than this reservation hold, those that end their last run among them.
  synchronized int heldByOthers(String reservationId) {
    return reserved.size() - (reserved.containsKey(reservationId) ? 1 : 0);
  }

  /// Takes a slot from everybody for the jobs of a reservation, unless it has one.
  synchronized void open(String reservationId) {
    Slot slot = reserved.get(reservationId);
    if (slot == null) {
      common.accept(-1);
      reserved.put(reservationId, new Slot(factory.start(reservationId, route(reservationId))));
    } else if (slot.over) {
      slot.over = false;
      slot.executor.grant(1);
    }
  }

  /// Gives slots back whose reservation is over, and looks after the jobs that wait under it.
  ///
  /// @param isActive whether a reservation still holds its slot
  /// @param waiting routes on which jobs are ready
  synchronized void settle(Predicate<String> isActive, Set<String> waiting) {
    reserved
        .entrySet()
        .removeIf(entry -> !isActive.test(entry.getKey()) && isGivenBack(entry.getValue()));
    runRest(waiting);
  }

  private boolean isGivenBack(Slot slot) {
    if (!slot.over) {
      slot.over = true;
      slot.executor.grant(-1);
    }
    boolean idle = slot.executor.isIdle();
    if (idle) {
      slot.executor.stop();
      common.accept(1);
    }
    return idle;
  }

  private void runRest(Set<String> waiting) {
    Rest running = rest;
    if (running != null) {
      if (waiting.contains(running.route()) || !running.executor().isIdle()) {
        return;
      }
      running.executor().stop();
      rest = null;
    }
    String prefix = route("");
    waiting.stream()
        .filter(route -> route.startsWith(prefix))
        .map(route -> route.substring(prefix.length()))
        .filter(this::takesNoMore)
        .sorted()
        .findFirst()
        .ifPresent(id -> rest = new Rest(route(id), factory.start(id + REST, route(id))));
  }

  private boolean takesNoMore(String reservationId) {
    Slot slot = reserved.get(reservationId);
    return slot == null || slot.over;
  }

  /// Hands running work back and takes no more.
  synchronized void close() {
    reserved.values().forEach(slot -> slot.executor.stop());
    reserved.clear();
    Rest running = rest;
    if (running != null) {
      running.executor().stop();
      rest = null;
    }
  }

  private String route(String reservationId) {
    return DeviceDesk.route(deviceId, reservationId);
  }
}
