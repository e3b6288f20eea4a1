package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.service.DeviceStanding;
import dev.reeve.wire.eigen.api.v1.DeviceStatus;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.api.v1.ListDevicesResponse;
import dev.reeve.wire.eigen.api.v1.ReserveDeviceRequest;
import io.grpc.Status.Code;
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

  @Test
  void a_device_that_was_set_offline_is_shown_so_and_gives_no_slot() {
    try (EigenServer server = EigenServer.withDeviceSet(DeviceStanding.MAINTENANCE)) {
      EigenClient client = server.seed();

      assertThat(list(client, "").getDevices(0).getStatus())
          .isEqualTo(DeviceStatus.DEVICE_STATUS_MAINTENANCE);
      assertThat(
              client.code(
                  "DeviceService/ReserveDevice",
                  ReserveDeviceRequest.newBuilder()
                      .setDeviceId("sim:local")
                      .setTtlSeconds(60)
                      .build()))
          .isEqualTo(Code.FAILED_PRECONDITION);
    }
  }

  private static ListDevicesResponse list(EigenClient client, String backendType) {
    return client.call(
        "DeviceService/ListDevices",
        ListDevicesRequest.newBuilder().setBackendType(backendType).build(),
        ListDevicesResponse.parser());
  }
}
