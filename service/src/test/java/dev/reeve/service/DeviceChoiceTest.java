package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which device takes a job that leaves the choice to the server.
class DeviceChoiceTest {
  private static final DeviceView IDLE_SIMULATOR = view("sim:local", "simulator", 0, 0);

  @Test
  void the_device_on_which_it_starts_soonest_is_taken_and_each_other_has_its_reason() {
    List<DeviceView> devices =
        List.of(
            view("lab:far", "qpu", 4, 9),
            view("lab:near", "qpu", 1, 2),
            new DeviceView(facts("lab:off", "qpu", 100), DeviceStanding.OFFLINE, 0, 0, Map.of()),
            view("sim:local", "simulator", 3, 5),
            view("sim:noisy", "simulator", 0, 0));

    DeviceChoice choice = DeviceChoice.of(devices, 100, _ -> "");

    assertThat(choice.deviceId()).isEqualTo("lab:near");
    assertThat(choice.reasons()).containsExactly("DeviceScore");
    assertThat(choice.candidates())
        .isEqualTo(
            "[{\"device_id\":\"lab:far\",\"estimated_wait_sec\":9,\"queue_depth\":4,"
                + "\"reason\":\"another starts sooner\"},"
                + "{\"device_id\":\"lab:near\",\"estimated_wait_sec\":2,\"queue_depth\":1,"
                + "\"reason\":\"selected: it starts first\"},"
                + "{\"device_id\":\"lab:off\",\"estimated_wait_sec\":0,\"queue_depth\":0,"
                + "\"reason\":\"it is offline\"},"
                + "{\"device_id\":\"sim:local\",\"estimated_wait_sec\":5,\"queue_depth\":3,"
                + "\"reason\":\"another starts sooner\"},"
                + "{\"device_id\":\"sim:noisy\",\"estimated_wait_sec\":0,\"queue_depth\":0,"
                + "\"reason\":\"it needs a model of noise in its id\"}]");
  }

  @Test
  void of_equals_the_simulator_of_the_server_is_taken() {
    DeviceChoice choice =
        DeviceChoice.of(
            List.of(
                view("lab:one", "qpu", 0, 0), view("node:1", "simulator", 0, 0), IDLE_SIMULATOR),
            1,
            _ -> "");

    assertThat(choice.deviceId()).isEqualTo("sim:local");
    assertThat(choice.reasons()).containsExactly("DeviceScoreTieBreak", "QueueEmpty");
  }

  @Test
  void a_device_that_cannot_is_not_taken_though_it_is_idle() {
    DeviceView busy = view("sim:local", "simulator", 7, 70);

    DeviceChoice narrow =
        DeviceChoice.of(
            List.of(view("lab:one", "qpu", 0, 0), busy),
            1,
            view -> view.id().equals("lab:one") ? "it has 5 qubits, the program 9" : "");
    DeviceChoice shots = DeviceChoice.of(List.of(view("lab:one", "qpu", 0, 0), busy), 101, _ -> "");

    assertThat(narrow.deviceId()).isEqualTo("sim:local");
    assertThat(narrow.candidates()).contains("it has 5 qubits, the program 9");
    assertThat(shots.candidates()).contains("it runs at most 100 shots");
  }

  @Test
  void without_any_that_can_the_refusal_says_why_of_each() {
    assertThatThrownBy(() -> DeviceChoice.of(List.of(IDLE_SIMULATOR), 1, _ -> "it is too small"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("DEVICE_NOT_CHOSEN")
        .hasMessageContaining("sim:local: it is too small");
  }

  private static DeviceView view(String id, String type, int queue, int wait) {
    int shots = type.equals("qpu") ? 100 : 1_000_000;
    return new DeviceView(facts(id, type, shots), DeviceStanding.ONLINE, queue, wait, Map.of());
  }

  private static DeviceFacts facts(String id, String type, int shots) {
    return new DeviceFacts(id, id, type, shots, Map.of());
  }
}
