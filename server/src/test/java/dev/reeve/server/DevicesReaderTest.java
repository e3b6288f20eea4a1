package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.base.ProblemException;
import dev.reeve.service.DeviceStanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the configuration says of devices.
final class DevicesReaderTest {
  private static final MachineMemory MEMORY = new MachineMemory(8L << 30, 1L << 30);

  @TempDir Path folder;

  @Test
  void a_device_is_kept_from_work_and_given_slots() {
    List<DeviceSettings> devices =
        read("devices: {\"sim:local\": {status: offline, slots: 3}, \"sim:noisy\": {}}");

    assertThat(devices)
        .extracting(DeviceSettings::id, DeviceSettings::standing, DeviceSettings::slots)
        .containsExactly(
            tuple("sim:local", DeviceStanding.OFFLINE, OptionalInt.of(3)),
            tuple("sim:noisy", DeviceStanding.ONLINE, OptionalInt.empty()));
  }

  @Test
  void a_driver_has_an_address_and_the_usual_patience() {
    List<DeviceSettings> devices =
        read("devices: {\"acme:qpu\": {kind: driver, address: \"127.0.0.1:7070\"}}");

    DeviceSettings.Driver driver = devices.getFirst().driver().orElseThrow();
    assertThat(driver.target().address()).isEqualTo("127.0.0.1:7070");
    assertThat(driver.remoteId()).isEqualTo("acme:qpu");
    assertThat(driver.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(driver.key()).isEmpty();
  }

  @Test
  void a_driver_is_shown_the_key_of_a_file_which_nothing_prints() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "  a-key-of-many-characters\n");

    DeviceSettings.Driver driver = read(keyed(file)).getFirst().driver().orElseThrow();

    assertThat(driver.key()).isPresent();
    assertThat(driver.toString()).contains("BearerKey[set]").doesNotContain("many");
    refused(
        keyed(Files.writeString(file, "short")), "key_file: \"" + file + "\" (expected: a file");
    refused(keyed(folder.resolve("nowhere")), "16 to 1024 characters without blanks");
    refused("devices: {\"sim:local\": {key_file: k}}", "nothing beside kind simulator");
  }

  private static String keyed(Path file) {
    return "devices: {\"acme:qpu\": {kind: driver, address: \"127.0.0.1:1\", key_file: \"%s\"}}"
        .formatted(file);
  }

  @Test
  void what_is_wrong_is_said_with_its_line() {
    refused("devices: {\"sim:local\": {status: gone}}", "devices.sim:local.status: \"gone\"");
    refused("devices: {\"sim:local\": {kind: driver}}", "(expected: simulator)");
    refused("devices: {\"acme:qpu\": {}}", "devices.acme:qpu.kind: missing (expected: driver, or");
    refused("devices: {\"acme:qpu\": {kind: driver}}", "devices.acme:qpu.address: missing");
    refused(
        "devices: {\"acme:qpu\": {kind: driver, address: \"far.example:1\"}}", "tls: on beside it");
    refused("devices: {\"Acme\": {kind: driver, address: \"::1\"}}", "vendor:device in lower case");
    refused("devices: {\"sim:local\": {slots: 0}}", "devices.sim:local.slots: \"0\" (expected: 1");
    refused("devices: {\"sim:noisy\": {slots: 2}}", "shares those of sim:local");
    refused("devices: {\"sim:local\": {statu: offline}}", "did you mean status?");
    refused("devices: {\"sim:local\": {timeout: 3s}}", "nothing beside kind simulator");
    refused("devices: [1]", "reeve.yaml:1: devices: no table");
    refused("devices: {\"sim:local\": offline}", "devices.sim:local: no keys");
  }

  private static List<DeviceSettings> read(String file) {
    return ConfigLoader.load(Map.of(), Map.of(), "reeve.yaml", file, MEMORY).config().devices();
  }

  private static void refused(String file, String words) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(words);
  }
}
