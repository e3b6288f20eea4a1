package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.eigen_api.v1.DeviceDetailsRequest;
import dev.reeve.wire.eigen_api.v1.DeviceInfo;
import dev.reeve.wire.eigen_api.v1.DeviceStatus;
import dev.reeve.wire.eigen_api.v1.ListDevicesRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve devices`: what circuits can run on; with a name, one device and all it can do.
@Command(name = "devices", description = "List the devices for circuits, or show one.")
final class DevicesCommand extends ClientCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DEVICE",
      description = "Show this device, for example sim:local.")
  private @Nullable String device;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only devices of this backend type, for example simulator.")
  private String type = "";

  DevicesCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    if (device != null) {
      DeviceDetailsRequest request = DeviceDetailsRequest.newBuilder().setDeviceId(device).build();
      DeviceInfo found =
          connection.call(() -> connection.devices().getDeviceDetails(request)).getDevice();
      print(found, facts(found));
      return ExitCodes.OK;
    }
    ListDevicesRequest request = ListDevicesRequest.newBuilder().setBackendType(type).build();
    List<DeviceInfo> devices =
        connection.call(() -> connection.devices().listDevices(request)).getDevicesList();
    if (json()) {
      devices.forEach(found -> console().say(Json.line(found)));
    } else if (devices.isEmpty()) {
      console().note("no devices");
    } else {
      table(devices).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private static Table table(List<DeviceInfo> devices) {
    Table table = new Table("DEVICE", "TYPE", "STATUS", "QUEUE", "WAIT", "NAME");
    for (DeviceInfo device : devices) {
      table.row(
          device.getDeviceId(),
          device.getBackendType(),
          status(device.getStatus()),
          String.valueOf(device.getQueueDepth()),
          wait(device),
          device.getName());
    }
    return table;
  }

  private static List<String> facts(DeviceInfo device) {
    return new Facts()
        .add("device", device.getDeviceId())
        .add("name", device.getName())
        .add("type", device.getBackendType())
        .add("status", status(device.getStatus()))
        .add("queue", String.valueOf(device.getQueueDepth()))
        .add("wait", wait(device))
        .addAll("can", device.getCapabilitiesMap())
        .lines();
  }

  private static String status(DeviceStatus status) {
    return status == DeviceStatus.ERROR_STATUS ? "ERROR" : status.name();
  }

  private static String wait(DeviceInfo device) {
    return Durations.print(Duration.ofSeconds(device.getEstimatedWaitSec()));
  }
}
