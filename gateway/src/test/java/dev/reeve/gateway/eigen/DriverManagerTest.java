package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.job.StateName;
import dev.reeve.testing.Await;
import dev.reeve.wire.eigen.internal.v1.CalibrateDeviceRequest;
import dev.reeve.wire.eigen.internal.v1.CircuitFormat;
import dev.reeve.wire.eigen.internal.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.DeviceStatus;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.ExecuteCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.internal.v1.ListDevicesRequest;
import dev.reeve.wire.eigen.internal.v1.ListDevicesResponse;
import io.grpc.Status.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `DriverManagerService` as a kernel calls it.
final class DriverManagerTest {
  private static final String EXECUTE = "DriverManagerService/ExecuteCircuit";

  @Test
  void devices_are_listed_and_a_circuit_runs_as_a_job_of_its_own() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = internal(server);

      assertThat(
              client
                  .call(
                      "DriverManagerService/ListDevices",
                      ListDevicesRequest.getDefaultInstance(),
                      ListDevicesResponse.parser())
                  .getDevicesList())
          .singleElement()
          .satisfies(device -> assertThat(device.getCapabilitiesMap()).containsKey("qubits"));
      assertThat(
              client
                  .call(
                      "DriverManagerService/GetDeviceStatus",
                      GetDeviceStatusRequest.newBuilder().setDeviceId("sim:local").build(),
                      GetDeviceStatusResponse.parser())
                  .getStatus())
          .isEqualTo(DeviceStatus.DEVICE_STATUS_ONLINE);
      ExecuteCircuitResponse ran =
          client.call(EXECUTE, circuit("OPENQASM 3;").build(), ExecuteCircuitResponse.parser());

      assertThat(ran.getCountsMap()).containsEntry("00", 511L).containsEntry("11", 513L);
      assertThat(ran.getMetadataMap())
          .containsEntry("bitstring_order", "msb_first_by_classical_index")
          .containsKey("execution_job_id");
      assertThat(server.jobStates()).containsExactly(StateName.COMPLETED);
    }
  }

  @Test
  void every_refusal_has_the_facts_of_a_driver_error() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = internal(server).with("x-correlation-id", "corr-7");

      Status failed = client.refusal(EXECUTE, circuit("fail").build());
      ErrorInfo info = info(failed);

      assertThat(Refusals.line(failed)).startsWith("INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARG");
      assertThat(info.getDomain()).isEqualTo("eigen.driver_manager");
      assertThat(info.getMetadataMap())
          .containsEntry("taxonomy", "runtime")
          .containsEntry("provider", "sim")
          .containsEntry("correlation_id", "corr-7")
          .containsEntry("retryable", "false")
          .containsKeys("remediation", "job_timeline", "trace", "precondition")
          .doesNotContainEntry("job_id", "");
      ErrorInfo ofGate =
          info(client.with("x-tenant-id", "no tenant").refusal(EXECUTE, circuit("").build()));
      assertThat(ofGate.getDomain()).isEqualTo("eigen.driver_manager");
      assertThat(ofGate.getReason()).isEqualTo("EIGEN_BACKEND_INVALID_ARGUMENT");
      assertThat(ofGate.getMetadataMap())
          .containsEntry("cause", "TENANT_INVALID")
          .containsEntry("taxonomy", "runtime");
    }
  }

  @Test
  void reasons_follow_what_went_wrong() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = internal(server);

      assertThat(
              List.of(
                  line(client, circuit("OPENQASM 3;").setDeviceId("sim:remote")),
                  line(client, circuit("OPENQASM 3;").setDeviceId("")),
                  line(client, circuit("")),
                  line(client, circuit("OPENQASM 3;").setShots(-1)),
                  line(client, circuit("OPENQASM 3;").setShots(5).putOptions("shots", "6")),
                  line(client, circuit("OPENQASM 3;").putOptions("seed", "x")),
                  line(client, circuit("OPENQASM 3;").putOptions("simulate_error", "UNAVAILABLE")),
                  line(
                      client,
                      circuit("OPENQASM 3;").putOptions("simulate_error", "RESOURCE_EXHAUSTED")),
                  line(client, circuit("OPENQASM 3;").putOptions("simulate_error", "FLOOD")),
                  line(client, circuit("OPENQASM 3;").putOptions("risk_tags", "danger")),
                  line(client, nativeCircuit("x"))))
          .containsExactly(
              "NOT_FOUND EIGEN_BACKEND_DEVICE_UNKNOWN [target] ErrorInfo BadRequest"
                  + " ResourceInfo:device",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [target] ErrorInfo BadRequest",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [program] ErrorInfo BadRequest",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [shots] ErrorInfo BadRequest",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [options.shots] ErrorInfo"
                  + " BadRequest",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [options.seed] ErrorInfo BadRequest",
              "UNAVAILABLE EIGEN_BACKEND_UNAVAILABLE [] ErrorInfo RetryInfo",
              "RESOURCE_EXHAUSTED EIGEN_BACKEND_CAPACITY [] ErrorInfo RetryInfo QuotaFailure",
              "INVALID_ARGUMENT EIGEN_BACKEND_INVALID_ARGUMENT [options.simulate_error] ErrorInfo"
                  + " BadRequest",
              "PERMISSION_DENIED EIGEN_BACKEND_AUTHZ [] ErrorInfo",
              "UNIMPLEMENTED EIGEN_BACKEND_PROVIDER [] ErrorInfo");
      assertThat(
              client.code(
                  "DriverManagerService/CalibrateDevice",
                  CalibrateDeviceRequest.newBuilder().setDeviceId("sim:local").build()))
          .isEqualTo(Code.UNIMPLEMENTED);
    }
  }

  @Test
  void the_run_is_cancelled_when_its_caller_leaves() {
    try (EigenServer server = EigenServer.start()) {
      Thread caller =
          Thread.startVirtualThread(() -> internal(server).code(EXECUTE, circuit("hold").build()));
      Await.value("states", List.of(StateName.EXECUTING), server::jobStates);

      caller.interrupt();

      Await.value("states", List.of(StateName.CANCELLED), server::jobStates);
    }
  }

  @Test
  void the_public_listener_has_no_drivers() {
    try (EigenServer server = EigenServer.start()) {
      assertThat(server.open("eigen.internal.v1").code(EXECUTE, circuit("OPENQASM 3;").build()))
          .isEqualTo(Code.UNIMPLEMENTED);
    }
  }

  private static EigenClient internal(EigenServer server) {
    return server.internal("eigen.internal.v1");
  }

  private static String line(EigenClient client, ExecuteCircuitRequest.Builder request) {
    return Refusals.line(client.refusal(EXECUTE, request.build()));
  }

  private static ErrorInfo info(Status status) {
    try {
      return status.getDetails(0).unpack(ErrorInfo.class);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static ExecuteCircuitRequest.Builder circuit(String program) {
    return ExecuteCircuitRequest.newBuilder()
        .setJobId("kernel-1")
        .setDeviceId("sim:local")
        .setPayload(payload(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT, program));
  }

  private static ExecuteCircuitRequest.Builder nativeCircuit(String program) {
    return circuit(program)
        .setPayload(payload(CircuitFormat.CIRCUIT_FORMAT_BACKEND_NATIVE, program));
  }

  private static CircuitPayload.Builder payload(CircuitFormat format, String program) {
    return CircuitPayload.newBuilder().setFormat(format).setData(ByteString.copyFromUtf8(program));
  }
}
