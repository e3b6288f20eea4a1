package dev.reeve.service.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.service.Caller;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.DeviceFacts;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.DeviceView;
import dev.reeve.service.DrainedLog;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A reservation and its receipt: both, or none.
class DeviceReservationsTest {
  private static final DeviceFacts FACTS = new DeviceFacts("sim:a", "A", "simulator", 1, Map.of());
  private static final Caller CALLER =
      Caller.localOperator("default", "", "eigen", "", "127.0.0.1");

  private final DrainedLog log = new DrainedLog(() -> 0);
  private final Kept kept = new Kept();

  private static final class Kept implements ReservationStore {
    private List<Reservation> now = List.of();

    @Override
    public List<Reservation> kept() {
      return now;
    }

    @Override
    public void keep(List<Reservation> reservations) {
      now = List.copyOf(reservations);
    }
  }

  @Test
  void a_reservation_without_a_receipt_is_not_made() {
    DeviceReservations reservations =
        new DeviceReservations(
            new DeviceDesk(List.of(FACTS), log.writer()),
            List.of(
                new ReservedSlots(
                    "sim:a",
                    1,
                    _ -> {
                      throw new IllegalStateException("a slot was taken");
                    },
                    (_, _) -> {
                      throw new IllegalStateException("a slot was opened");
                    })),
            kept,
            log.writer(),
            () -> DrainedLog.NOW);
    log.close();

    assertThatThrownBy(() ->
            reservations.reserve(
                CALLER, new DeviceView(FACTS, DeviceStanding.ONLINE, 0, 0, Map.of()), 60, "x"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(ServiceProblems.RESERVATION_NOT_KEPT));
    assertThat(kept.now).isEmpty();
    assertThat(log.receipts()).isEmpty();
  }

  @Test
  void a_device_without_slots_of_its_own_is_not_called_offline() {
    DeviceFacts other = new DeviceFacts("sim:b", "B", "simulator", 1, Map.of());

    assertThatThrownBy(() ->
            new DeviceReservations(
                    new DeviceDesk(List.of(FACTS), log.writer()),
                    List.of(),
                    kept,
                    log.writer(),
                    () -> DrainedLog.NOW)
                .reserve(
                    CALLER, new DeviceView(other, DeviceStanding.ONLINE, 0, 0, Map.of()), 60, "x"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().code())
                    .isEqualTo(ServiceProblems.DEVICE_NOT_RESERVABLE));
  }
}
