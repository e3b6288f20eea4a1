package dev.reeve.server;

import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.service.reservation.Reservation;
import dev.reeve.service.reservation.ReservationStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The reservations of devices, in `DATA/reservations.json`.
final class ReservationFile implements ReservationStore {
  private static final int SIZE_MAX = 16 * 1024 * 1024;

  private final Path file;
  private final List<Reservation> kept;

  private ReservationFile(Path file, List<Reservation> kept) {
    this.file = file;
    this.kept = kept;
  }

  /// Reads what was kept.
  ///
  /// @throws dev.reeve.base.ProblemException `RESERVATIONS_UNREADABLE`: a server that does not know
  ///   who holds which slot does not start
  static ReservationFile in(Path data) {
    Path file = data.resolve("reservations.json");
    try {
      List<Reservation> kept = new ArrayList<>();
      GovernanceFiles.read(file, SIZE_MAX)
          .ifPresent(bytes -> {
            for (CanonicalObject one : CanonicalReader.objects(bytes)) {
              kept.add(decoded(one));
            }
          });
      return new ReservationFile(file, kept);
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      throw ServerProblems.RESERVATIONS_UNREADABLE
          .because(file + ": " + e.getMessage() + " (expected: what this server wrote)")
          .toException();
    }
  }

  @Override
  public List<Reservation> kept() {
    return List.copyOf(kept);
  }

  @Override
  public void keep(List<Reservation> reservations) throws IOException {
    CanonicalWriter out = new CanonicalWriter().beginArray();
    for (Reservation one : reservations) {
      out.beginObject()
          .member("device_id", one.deviceId())
          .member("expires", one.expiresAtMicros())
          .member("id", one.id())
          .member("project", one.owner().project())
          .member("purpose", one.purpose())
          .member("subject", one.owner().subject())
          .member("tenant", one.owner().tenant())
          .endObject();
    }
    GovernanceFiles.writeDurably(file, out.endArray().toBytes());
  }

  private static Reservation decoded(CanonicalObject one) {
    return new Reservation(
        one.text("id"),
        one.text("device_id"),
        one.text("purpose"),
        new Reservation.Owner(one.text("subject"), one.text("tenant"), one.text("project")),
        one.number("expires"));
  }
}
