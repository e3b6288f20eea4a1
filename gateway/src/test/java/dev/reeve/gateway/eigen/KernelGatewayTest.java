package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.testing.Await;
import dev.reeve.wire.eigen.internal.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen.internal.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.kernel_api.v0_1.CancelJobRequest;
import dev.reeve.wire.kernel_api.v0_1.CancelJobResponse;
import dev.reeve.wire.kernel_api.v0_1.EnqueueJobRequest;
import dev.reeve.wire.kernel_api.v0_1.EnqueueJobResponse;
import dev.reeve.wire.kernel_api.v0_1.GetJobResultsRequest;
import dev.reeve.wire.kernel_api.v0_1.GetJobResultsResponse;
import dev.reeve.wire.kernel_api.v0_1.GetJobStatusRequest;
import dev.reeve.wire.kernel_api.v0_1.GetJobStatusResponse;
import dev.reeve.wire.kernel_api.v0_1.ListDevicesRequest;
import dev.reeve.wire.kernel_api.v0_1.ListDevicesResponse;
import dev.reeve.wire.kernel_api.v0_1.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel gateways on the internal port.
final class KernelGatewayTest {
  private static final EnqueueJobRequest BELL =
      EnqueueJobRequest.newBuilder()
          .setName("bell")
          .setProgram(ByteString.copyFromUtf8("OPENQASM 2.0;"))
          .setProgramFormat("qasm_text")
          .setTarget("sim:local")
          .setPriority(50)
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"kernel_api.v0_1", "kernel_api.v0.1", "eigen.internal.v1"})
  void the_first_gateway_answers_under_its_three_names(String name) {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.internal(name);

      String jobId =
          client.call("KernelGateway/EnqueueJob", BELL, EnqueueJobResponse.parser()).getJobId();
      Await.value("state", TaskState.DONE, () -> status(client, jobId).getState());
      GetJobResultsResponse results =
          client.call(
              "KernelGateway/GetJobResults",
              GetJobResultsRequest.newBuilder().setJobId(jobId).build(),
              GetJobResultsResponse.parser());
      ListDevicesResponse devices =
          client.call(
              "KernelGateway/ListDevices",
              ListDevicesRequest.getDefaultInstance(),
              ListDevicesResponse.parser());
      CancelJobResponse cancel =
          client.call(
              "KernelGateway/CancelJob",
              CancelJobRequest.newBuilder().setJobId(jobId).build(),
              CancelJobResponse.parser());

      assertThat(results.getCountsMap()).containsEntry("00", 511L);
      assertThat(devices.getDevicesList())
          .singleElement()
          .satisfies(device -> assertThat(device.getDeviceId()).isEqualTo("sim:local"));
      assertThat(cancel.getAccepted()).isFalse();
      assertThat(Refusals.line(client.refusal("KernelGateway/EnqueueJob", wrongFormat())))
          .isEqualTo(
              "INVALID_ARGUMENT EIGEN_PUBLIC_VALIDATION_FAILED [program_format] ErrorInfo"
                  + " BadRequest");
      assertThat(Refusals.line(client.refusal("KernelGateway/EnqueueJob", noFormat())))
          .isEqualTo(
              "INVALID_ARGUMENT EIGEN_PUBLIC_VALIDATION_FAILED [program_format] ErrorInfo"
                  + " BadRequest");
    }
  }

  @Test
  void the_later_gateway_has_its_own_numbers_and_a_stream() throws Exception {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.internal("eigen.internal.v1");
      dev.reeve.wire.eigen.internal.v1.EnqueueJobRequest request =
          dev.reeve.wire.eigen.internal.v1.EnqueueJobRequest.newBuilder()
              .setName("bell")
              .setProgram(BELL.getProgram())
              .setProgramFormat("qasm3_text")
              .setTarget("sim:local")
              .build();

      String jobId =
          client
              .call(
                  "KernelGatewayService/EnqueueJob",
                  request,
                  dev.reeve.wire.eigen.internal.v1.EnqueueJobResponse.parser())
              .getJobId();
      List<byte[]> events =
          client.stream(
              "KernelGatewayService/StreamJobUpdates",
              StreamJobUpdatesRequest.newBuilder().setJobId(jobId).build());

      StreamJobUpdatesResponse last = StreamJobUpdatesResponse.parseFrom(events.getLast());
      assertThat(last.getUpdate().getStateValue()).isEqualTo(6);
      assertThat(last.getUpdate().getEventSeq()).isEqualTo(events.size());
      assertThat(
              client
                  .call(
                      "KernelGatewayService/CancelJob",
                      dev.reeve.wire.eigen.internal.v1.CancelJobRequest.newBuilder()
                          .setJobId(jobId)
                          .build(),
                      dev.reeve.wire.eigen.internal.v1.CancelJobResponse.parser())
                  .getReasonCode())
          .isEqualTo("ALREADY_TERMINAL");
    }
  }

  @Test
  void no_gateway_answers_on_the_public_port() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient outside = server.open("kernel_api.v0_1");

      assertThat(outside.code("KernelGateway/EnqueueJob", BELL))
          .isEqualTo(io.grpc.Status.Code.UNIMPLEMENTED);
    }
  }

  private static EnqueueJobRequest wrongFormat() {
    return BELL.toBuilder().setProgramFormat("quil").build();
  }

  private static EnqueueJobRequest noFormat() {
    return BELL.toBuilder().clearProgramFormat().build();
  }

  private static GetJobStatusResponse status(EigenClient client, String jobId) {
    return client.call(
        "KernelGateway/GetJobStatus",
        GetJobStatusRequest.newBuilder().setJobId(jobId).build(),
        GetJobStatusResponse.parser());
  }
}
