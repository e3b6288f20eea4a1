package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.wire.eigen.api.v1.DeviceStatus;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.api.v1.ListDevicesResponse;
import org.junit.jupiter.api.Test;

/// Devices as clients see them.
final class DeviceReadsTest {
  @Test
  void devices_are_listed_alike_under_both_names() {
    try (EigenServer server = EigenServer.start()) {
      ListDevicesResponse later = list(server.later(), "");

      assertThat(list(server.seed(), "")).isEqualTo(later);
      assertThat(later.getDevicesList())
          .singleElement()
          .satisfies(device -> {
            assertThat(device.getDeviceId()).isEqualTo("sim:local");
            assertThat(device.getStatus()).isEqualTo(DeviceStatus.DEVICE_STATUS_ONLINE);
            assertThat(device.getCapabilitiesMap()).containsEntry("qubits", "24");
          });
      assertThat(list(server.seed(), "simulator").getDevicesCount()).isEqualTo(1);
      assertThat(list(server.seed(), "qpu").getDevicesCount()).isZero();
    }
  }

  @Test
  void a_device_that_nobody_serves_is_offline_and_shows_its_queue() {
    try (EigenServer server = EigenServer.withoutDevice()) {
      server.seed().submit(EigenClient.bell());

      GetDeviceStatusResponse status =
          server
              .seed()
              .call(
                  "DeviceService/GetDeviceStatus",
                  GetDeviceStatusRequest.newBuilder().setDeviceId("sim:local").build(),
                  GetDeviceStatusResponse.parser());

      assertThat(status.getStatus()).isEqualTo(DeviceStatus.DEVICE_STATUS_OFFLINE);
      assertThat(status.getQueueDepth()).isEqualTo(1);
      assertThat(status.getMetadataMap()).containsEntry("estimate_basis", "none");
    }
  }

  private static ListDevicesResponse list(EigenClient client, String backendType) {
    return client.call(
        "DeviceService/ListDevices",
        ListDevicesRequest.newBuilder().setBackendType(backendType).build(),
        ListDevicesResponse.parser());
  }
}
