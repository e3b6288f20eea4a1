package dev.reeve.conformance.wire;

import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The generated classes whose bytes are written out, by the full name of their message. Class
/// names repeat from package to package, so they stand here in full.
final class Prototypes {
  private static final Map<String, Message> BY_NAME =
      List.<Message>of(
              dev.reeve.wire.beamline.flow.v1.RouteDecision.getDefaultInstance(),
              dev.reeve.wire.beamline.flow.v1.RouteRequest.getDefaultInstance(),
              dev.reeve.wire.beamline.provider.v1.ProviderRequest.getDefaultInstance(),
              dev.reeve.wire.beamline.provider.v1.ProviderResponse.getDefaultInstance(),
              dev.reeve.wire.beamline.worker.v1.ExecAssignment.getDefaultInstance(),
              dev.reeve.wire.beamline.worker.v1.ExecAssignmentAck.getDefaultInstance(),
              dev.reeve.wire.beamline.worker.v1.ExecResult.getDefaultInstance(),
              dev.reeve.wire.cordum.agent.v1.BusPacket.getDefaultInstance(),
              dev.reeve.wire.cordum.agent.v1.Heartbeat.getDefaultInstance(),
              dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest.getDefaultInstance(),
              dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.BuildWindowRequest.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.BuildWindowResponse.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.GetJobStatusRequest.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.GetJobStatusResponse.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.OutputCheckRequest.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.OutputCheckResponse.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.SubmitJobRequest.getDefaultInstance(),
              dev.reeve.wire.cordum.v1.SubmitJobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.AqoCircuit.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.CancelJobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.CompileCircuitResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.GetJobResultsResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.GetJobStatusResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.JobUpdate.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.ListDevicesResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.ReserveDeviceResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.StreamJobUpdatesRequest.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.StreamJobUpdatesResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.SubmitJobRequest.getDefaultInstance(),
              dev.reeve.wire.eigen.api.v1.SubmitJobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.internal.v1.CancelJobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.internal.v1.CompileCircuitResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.internal.v1.EnqueueJobRequest.getDefaultInstance(),
              dev.reeve.wire.eigen.internal.v1.GetJobStatusResponse.getDefaultInstance(),
              dev.reeve.wire.eigen.internal.v1.ListDevicesResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.CancelJobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.CompileCircuitResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.JobResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.JobResultsResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.JobStatusResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.JobUpdate.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.JobUpdatesRequest.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.ListDevicesResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.ReserveDeviceResponse.getDefaultInstance(),
              dev.reeve.wire.eigen_api.v1.SubmitJobRequest.getDefaultInstance(),
              dev.reeve.wire.kernel_api.v0_1.CancelJobResponse.getDefaultInstance(),
              dev.reeve.wire.kernel_api.v0_1.EnqueueJobRequest.getDefaultInstance(),
              dev.reeve.wire.kernel_api.v0_1.GetJobStatusResponse.getDefaultInstance(),
              dev.reeve.wire.kernel_api.v0_1.ListDevicesResponse.getDefaultInstance(),
              dev.reeve.wire.mathison.JobResult.getDefaultInstance(),
              dev.reeve.wire.mathison.JobRunRequest.getDefaultInstance(),
              dev.reeve.wire.mathison.JobStatus.getDefaultInstance(),
              dev.reeve.wire.mathison.JobStatusRequest.getDefaultInstance(),
              dev.reeve.wire.mathison.MemorySearchRequest.getDefaultInstance(),
              dev.reeve.wire.mathison.MemorySearchResult.getDefaultInstance(),
              dev.reeve.wire.mathison.SearchRequest.getDefaultInstance(),
              dev.reeve.wire.mathison.SearchResult.getDefaultInstance(),
              dev.reeve.wire.reeve.v1.ConnectRequest.getDefaultInstance(),
              dev.reeve.wire.reeve.v1.ConnectResponse.getDefaultInstance(),
              dev.reeve.wire.reeve.v1.SubmitJobRequest.getDefaultInstance(),
              dev.reeve.wire.reeve.v1.WatchJobsResponse.getDefaultInstance())
          .stream()
          .collect(
              Collectors.toMap(
                  message -> message.getDescriptorForType().getFullName(), Function.identity()));

  private Prototypes() {}

  static Message named(String name) {
    Message prototype = BY_NAME.get(name);
    if (prototype == null) {
      throw new IllegalArgumentException(name + " (expected: a message that Prototypes lists)");
    }
    return prototype;
  }
}
