package dev.reeve.gateway.eigen;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import dev.reeve.base.Bytes;
import dev.reeve.service.DeviceView;
import dev.reeve.service.Times;
import dev.reeve.wire.eigen.api.v1.DeviceInfo;
import dev.reeve.wire.eigen.api.v1.DeviceStatus;
import dev.reeve.wire.eigen.api.v1.DispatchRationale;
import dev.reeve.wire.eigen.api.v1.GetDeviceStatusResponse;
import dev.reeve.wire.eigen.api.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.api.v1.JobStatus;
import dev.reeve.wire.eigen.api.v1.JobUpdate;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import dev.reeve.wire.eigen.api.v1.TopologyEnvelope;
import dev.reeve.wire.eigen.api.v1.WorkloadFamilyKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// The messages of `eigen.api.v1`, and so those of `eigen_api.v1` too: both packages have the same
/// fields under the same numbers, so [#as] turns one into the other byte for byte.
final class PublicCodec {
  private PublicCodec() {}

  /// A message of the one package as its twin of the other.
  static <T extends Message> T as(Message message, Parser<T> twin) {
    try {
      return twin.parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("twins have the same fields", e);
    }
  }

  static SubmitInput submit(SubmitJobRequest request) {
    SubmitJobRequest.TenantQuotaEnvelope quota = request.getTenant();
    return new SubmitInput(
        request.getName(),
        program(request),
        "",
        request.getTarget(),
        request.hasPriority() ? OptionalInt.of(request.getPriority()) : OptionalInt.empty(),
        request.getCompilerOptionsMap(),
        request.getMetadataMap(),
        request.getDependenciesList(),
        new SubmitInput.Quota(
            quota.getContractVersion(),
            quota.getTenantId(),
            quota.getProjectId(),
            quota.getTenantMaxQueuedJobs(),
            quota.getProjectMaxQueuedJobs()),
        request.getReservationId(),
        request.hasWorkload() ? Bytes.wrap(request.getWorkload().toByteArray()) : Bytes.EMPTY,
        request.getWorkload().getKind() == WorkloadFamilyKind.WORKLOAD_FAMILY_KIND_DISTRIBUTED_JOB
            || request.getWorkload().getTopology().getPartitionCount() > 1,
        request.getWorkload().getTopology().getPartitionCount(),
        CallEnvelope.of(request.getEnvelope()));
  }

  private static Optional<Program> program(SubmitJobRequest request) {
    return switch (request.getProgramCase()) {
      case EIGEN_LANG ->
          Optional.of(
              new Program(
                  Program.Format.EIGEN_LANG,
                  Bytes.wrap(request.getEigenLang().getSource().toByteArray()),
                  request.getEigenLang().getEntrypoint(),
                  "",
                  request.getEigenLang().getSha256(),
                  "eigen_lang"));
      case QASM ->
          Optional.of(
              new Program(
                  Program.Format.QASM,
                  Bytes.wrap(request.getQasm().getSource().toByteArray()),
                  "",
                  request.getQasm().getVersion(),
                  "",
                  "qasm"));
      case AQO_REF ->
          Optional.of(
              new Program(
                  Program.Format.AQO_REF,
                  Bytes.utf8(request.getAqoRef().getQfsRef()),
                  "",
                  "",
                  "",
                  "aqo_ref"));
      case PROGRAM_NOT_SET -> Optional.empty();
    };
  }

  static JobStatus status(StatusView view) {
    JobStatus.Builder status =
        JobStatus.newBuilder()
            .setJobId(view.jobId())
            .setStateValue(view.state().number())
            .setStage(view.stage())
            .setProgress(view.progress())
            .setMessage(view.message())
            .setCreatedAt(timestamp(view.createdAtMicros()))
            .setUpdatedAt(timestamp(view.updatedAtMicros()))
            .setErrorCode(view.ending().code())
            .setErrorSummary(view.ending().summary());
    view.topology().map(PublicCodec::topology).ifPresent(status::setTopology);
    return status.build();
  }

  static JobUpdate update(UpdateView view) {
    JobUpdate.Builder update =
        JobUpdate.newBuilder()
            .setJobId(view.jobId())
            .setStateValue(view.state().number())
            .setStage(view.stage())
            .setProgress(view.progress())
            .setMessage(view.message())
            .setEventSeq(view.seq())
            .setTimestamp(timestamp(view.atMicros()));
    view.topology().map(PublicCodec::topology).ifPresent(update::setTopology);
    return update.build();
  }

  /// An event in its wrapper.
  static StreamJobUpdatesResponse wrapped(UpdateView view) {
    return StreamJobUpdatesResponse.newBuilder().setUpdate(update(view)).build();
  }

  /// A message whose bytes are those of the event without its wrapper, for clients of this path
  /// that know the earlier form.
  static StreamJobUpdatesResponse bare(UpdateView view) {
    try {
      return StreamJobUpdatesResponse.newBuilder()
          .setUnknownFields(UnknownFieldSet.parseFrom(update(view).toByteString()))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the bytes of a message are fields", e);
    }
  }

  static GetJobResultsResponse results(ResultsView view) {
    return GetJobResultsResponse.newBuilder()
        .setJobId(view.jobId())
        .setStateValue(view.state().number())
        .putAllCounts(view.counts())
        .putAllMetadata(view.metadata())
        .setErrorCode(view.ending().code())
        .setErrorSummary(view.ending().summary())
        .setCompletedAt(timestamp(view.completedAtMicros()))
        .build();
  }

  static DispatchRationale rationale(RationaleView view) {
    return DispatchRationale.newBuilder()
        .setVersion(RationaleView.VERSION)
        .setPolicyVersion(view.policyVersion())
        .addAllReasonCodes(view.reasonCodes())
        .setSelectedBackend(view.backend())
        .setSelectedQueue(RationaleView.QUEUE)
        .putAllAttributes(view.attributes())
        .setTimelineRef(view.timelineRef())
        .setLogsRef(view.logsRef())
        .setTraceId(view.traceId())
        .setTraceRef(view.traceRef())
        .build();
  }

  static DeviceInfo device(DeviceView device) {
    return DeviceInfo.newBuilder()
        .setDeviceId(device.id())
        .setName(device.device().name())
        .setBackendType(device.device().backendType())
        .setStatus(status(device))
        .setQueueDepth(device.queueDepth())
        .setEstimatedWaitSec(device.estimatedWaitSeconds())
        .putAllCapabilities(device.device().capabilities())
        .build();
  }

  static GetDeviceStatusResponse deviceStatus(DeviceView device) {
    return GetDeviceStatusResponse.newBuilder()
        .setDeviceId(device.id())
        .setStatus(status(device))
        .setQueueDepth(device.queueDepth())
        .setEstimatedWaitSec(device.estimatedWaitSeconds())
        .putAllMetadata(device.facts())
        .build();
  }

  private static DeviceStatus status(DeviceView device) {
    return switch (device.standing()) {
      case ONLINE -> DeviceStatus.DEVICE_STATUS_ONLINE;
      case OFFLINE -> DeviceStatus.DEVICE_STATUS_OFFLINE;
      case CALIBRATING -> DeviceStatus.DEVICE_STATUS_CALIBRATING;
      case MAINTENANCE -> DeviceStatus.DEVICE_STATUS_MAINTENANCE;
      case ERROR -> DeviceStatus.DEVICE_STATUS_ERROR_STATUS;
    };
  }

  static Timestamp timestamp(long micros) {
    Instant instant = Times.instant(micros);
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static TopologyEnvelope topology(Topology topology) {
    return TopologyEnvelope.newBuilder()
        .setContractVersion(Topology.CONTRACT_VERSION)
        .setLineageVersion(Topology.CONTRACT_VERSION)
        .setClusterId(Topology.CLUSTER)
        .setWorkerId(topology.worker())
        .setPartitionId(Topology.PARTITION)
        .setAttempt(topology.attempt())
        .build();
  }
}
