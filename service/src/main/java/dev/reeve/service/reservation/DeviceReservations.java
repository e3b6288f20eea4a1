package dev.reeve.service.reservation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.engine.Writer;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.Caller;
import dev.reeve.service.ChangeReceipts;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceView;
import dev.reeve.service.Futures;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.Times;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who has reserved a slot of which device, and until when (section 2.5 of the Eigen contract).
///
/// A reservation is kept, then its receipt is written, then it is in force; when the receipt cannot
/// be written, what was kept before is kept again and the reservation is refused. One change at a
/// time; reading never waits. Safe on any thread; [#reserve] blocks for both writes.
public final class DeviceReservations {
  /// Longest time of one reservation; it can be renewed before it ends.
  public static final Duration TIME_MAX = Duration.ofDays(1);

  private static final Logger log = LoggerFactory.getLogger(DeviceReservations.class);
  private static final String ACTION = "action:device:reserve";
  private static final String PURPOSE_DEFAULT = "unspecified";
  private static final int PURPOSE_LENGTH_MAX = 256;

  private final DeviceDesk desk;
  private final Map<String, ReservedSlots> devices = new LinkedHashMap<>();
  private final ReservationStore store;
  private final ChangeReceipts receipts;
  private final InstantSource clock;

  /// Held while slots are opened and settled, for short: the thread that settles them brings the
  /// receipts that [#held] waits for.
  private final Object slotsLock = new Object();

  /// By their ids; those that are over go with the next change.
  private volatile Map<String, Reservation> reservations = Map.of();

  @GuardedBy("slotsLock")
  private boolean closed;

  /// @param devices those that can be reserved
  /// @param writer writes the receipts
  public DeviceReservations(
      DeviceDesk desk,
      List<ReservedSlots> devices,
      ReservationStore store,
      Writer writer,
      InstantSource clock) {
    this.desk = desk;
    devices.forEach(slots -> this.devices.put(slots.deviceId(), slots));
    this.store = store;
    this.receipts = new ChangeReceipts(writer);
    this.clock = clock;
  }

  /// Takes up what was reserved before a restart.
  public synchronized void open() {
    Map<String, Reservation> kept = new LinkedHashMap<>();
    for (Reservation reservation : store.kept()) {
      if (devices.containsKey(reservation.deviceId()) && reservation.isActive(now())) {
        kept.put(reservation.id(), reservation);
      }
    }
    reservations = kept;
    for (ReservedSlots slots : devices.values()) {
      kept.values().stream()
          .filter(one -> one.deviceId().equals(slots.deviceId()))
          .forEach(one -> slots.open(one.id()));
    }
  }

  /// Takes a slot, or renews it when the caller has it for this purpose. The slot is held and on
  /// disk when this returns.
  ///
  /// @param seconds for how long from now
  /// @param purpose empty for none
  /// @throws dev.reeve.base.ProblemException `RESERVATION_INVALID`, `DEVICE_UNKNOWN`,
  ///   `DEVICE_OFFLINE`, `DEVICE_NOT_RESERVABLE`, `DEVICE_SLOTS_EXHAUSTED`, `RESERVATION_NOT_KEPT`
  public Reservation reserve(Caller caller, DeviceView device, int seconds, String purpose) {
    requireTerms(seconds, purpose);
    ReservedSlots slots = devices.get(device.id());
    if (!device.online()) {
      throw ServiceProblems.DEVICE_OFFLINE
          .field(
              "device_id",
              device.id(),
              "a device that is online; it is " + device.standing().word())
          .with("device_id", device.id())
          .toException();
    }
    if (slots == null) {
      throw ServiceProblems.DEVICE_NOT_RESERVABLE
          .field("device_id", device.id(), "a device with slots of its own, such as sim:local")
          .with("device_id", device.id())
          .toException();
    }
    return held(caller, slots, seconds, purpose.isEmpty() ? PURPOSE_DEFAULT : purpose);
  }

  private static void requireTerms(int seconds, String purpose) {
    if (seconds <= 0 || seconds > TIME_MAX.toSeconds()) {
      throw ServiceProblems.RESERVATION_INVALID
          .field("ttl_seconds", Integer.toString(seconds), "1 to " + TIME_MAX.toSeconds())
          .toException();
    }
    boolean plain = purpose.chars().noneMatch(Character::isISOControl) && Text.isUnicode(purpose);
    if (purpose.length() > PURPOSE_LENGTH_MAX || !plain) {
      throw ServiceProblems.RESERVATION_INVALID
          .field("purpose", purpose, "at most 256 characters of one line")
          .toException();
    }
  }

  private synchronized Reservation held(
      Caller caller, ReservedSlots slots, int seconds, String purpose) {
    long now = now();
    Map<String, Reservation> next = new LinkedHashMap<>(reservations);
    next.values().removeIf(one -> !one.isActive(now));
    long expires = now + Duration.ofSeconds(seconds).toNanos() / 1_000;
    Reservation asked = Reservation.of(slots.deviceId(), purpose, owner(caller), expires);
    Reservation held = next.get(asked.id());
    Reservation wanted = held == null ? asked : asked.until(held.expiresAtMicros());
    int taken = slots.heldByOthers(wanted.id());
    if (taken >= slots.slots()) {
      throw ServiceProblems.DEVICE_SLOTS_EXHAUSTED
          .because(
              slots.deviceId()
                  + ": "
                  + taken
                  + " of "
                  + slots.slots()
                  + " slots reserved (expected: one that is free)")
          .with("device_id", slots.deviceId())
          .toException();
    }
    next.put(wanted.id(), wanted);
    keep(next);
    try {
      receipts.write(receipt(wanted, seconds), DeviceReservations::notRecorded);
    } catch (ProblemException e) {
      keep(reservations);
      throw e;
    }
    reservations = next;
    synchronized (slotsLock) {
      if (!closed) {
        slots.open(wanted.id());
      }
    }
    return wanted;
  }

  private void keep(Map<String, Reservation> said) {
    try {
      store.keep(new ArrayList<>(said.values()));
    } catch (IOException e) {
      log.error("a reservation could not be kept", e);
      throw ServiceProblems.RESERVATION_NOT_KEPT
          .because("the reservation could not be written (expected: a disk that takes it)")
          .toException();
    }
  }

  private static Receipt receipt(Reservation reservation, int seconds) {
    Reservation.Owner owner = reservation.owner();
    String words =
        String.join(
            " ",
            "reservation=" + reservation.id(),
            "seconds=" + seconds,
            "project=" + owner.project(),
            "purpose=" + reservation.purpose());
    return Receipt.of(ACTION, "allow")
        .withSubject(owner.tenant(), "", owner.subject())
        .withRule(reservation.deviceId(), words, "");
  }

  private static ProblemException notRecorded(String why) {
    return ServiceProblems.RESERVATION_NOT_KEPT.because("reservation: " + why).toException();
  }

  /// The caller's active reservation of a device; empty when there is none of this id.
  public Optional<Reservation> active(Caller caller, String deviceId, String id) {
    return Optional.ofNullable(reservations.get(id))
        .filter(one -> one.isActive(now()))
        .filter(one -> one.deviceId().equals(deviceId) && one.owner().equals(owner(caller)));
  }

  /// Looks after the slots: those whose time is over go back to everybody.
  public void look() {
    Futures.then(
        desk.waitingRoutes(),
        routes -> settle(new HashSet<>(routes)),
        problem -> log.warn("slots were not looked after reason={}", problem.message()));
  }

  private void settle(Set<String> waiting) {
    synchronized (slotsLock) {
      if (!closed) {
        devices.values().forEach(slots -> slots.settle(this::isActive, waiting));
      }
    }
  }

  private boolean isActive(String id) {
    Reservation reservation = reservations.get(id);
    return reservation != null && reservation.isActive(now());
  }

  /// Hands the work back that runs in slots; later looks open none. What is reserved stays so.
  public void close() {
    synchronized (slotsLock) {
      closed = true;
      devices.values().forEach(ReservedSlots::close);
    }
  }

  private long now() {
    return Times.micros(clock.instant());
  }

  private static Reservation.Owner owner(Caller caller) {
    return new Reservation.Owner(caller.principal(), caller.tenant(), caller.project());
  }
}
