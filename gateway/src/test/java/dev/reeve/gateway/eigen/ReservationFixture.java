package dev.reeve.gateway.eigen;

import dev.reeve.engine.Writer;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.service.reservation.Reservation;
import dev.reeve.service.reservation.ReservationStore;
import java.time.Instant;
import java.util.List;

/// Reservations for tests, kept in memory.
public final class ReservationFixture {
  private ReservationFixture() {}

  /// Of no device at all.
  public static DeviceReservations none(Writer writer) {
    return new DeviceReservations(
        new DeviceDesk(List.of(), writer), List.of(), new InMemory(), writer, () -> Instant.EPOCH);
  }

  /// What a restart finds is what was kept last.
  static final class InMemory implements ReservationStore {
    private volatile List<Reservation> kept = List.of();

    @Override
    public List<Reservation> kept() {
      return kept;
    }

    @Override
    public void keep(List<Reservation> reservations) {
      kept = List.copyOf(reservations);
    }
  }
}
