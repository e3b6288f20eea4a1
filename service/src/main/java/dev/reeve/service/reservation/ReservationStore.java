package dev.reeve.service.reservation;

import java.io.IOException;
import java.util.List;

/// Keeps reservations across restarts. Called by one thread at a time; blocks.
public interface ReservationStore {
  /// What was kept last.
  List<Reservation> kept();

  /// Keeps these and forgets the others: on disk when it returns.
  ///
  /// @throws IOException when they cannot be kept; what was kept before stays
  void keep(List<Reservation> reservations) throws IOException;
}
