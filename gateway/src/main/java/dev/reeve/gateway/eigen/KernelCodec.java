package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.wire.eigen.internal.v1.DispatchRationale;
import dev.reeve.wire.eigen.internal.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.internal.v1.GetJobStatusResponse;
import dev.reeve.wire.eigen.internal.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.eigen.internal.v1.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What both kernel gateways share, and the messages of the later one.
final class KernelCodec {
  private KernelCodec() {}

  /// A kernel gateway names the format of its program in a word and has neither dependencies nor
  /// reservations.
  static SubmitInput submit(
      String name,
      Bytes program,
      String programFormat,
      String target,
      OptionalInt priority,
      Map<String, String> options,
      Map<String, String> metadata,
      Bytes workload,
      CallEnvelope envelope) {
    Optional<Program> known = Program.ofKernel(programFormat, program);
    return new SubmitInput(
        name,
        known,
        known.isPresent() || program.isEmpty()
            ? ""
            : programFormat.isEmpty() ? "(none)" : programFormat,
        target,
        priority,
        options,
        metadata,
        List.of(),
        SubmitInput.Quota.NONE,
        "",
        workload,
        false,
        0,
        envelope);
  }

  /// The later gateway counts OPTIMIZING in, so its numbers differ from QUEUED on.
  static TaskState state(ClientState state) {
    return switch (state) {
      case PENDING -> TaskState.TASK_STATE_PENDING;
      case COMPILING -> TaskState.TASK_STATE_COMPILING;
      case QUEUED -> TaskState.TASK_STATE_QUEUED;
      case RUNNING -> TaskState.TASK_STATE_RUNNING;
      case DONE -> TaskState.TASK_STATE_DONE;
      case ERROR -> TaskState.TASK_STATE_ERROR;
      case CANCELLED -> TaskState.TASK_STATE_CANCELLED;
      case TIMEOUT -> TaskState.TASK_STATE_TIMEOUT;
    };
  }

  static GetJobStatusResponse status(StatusView view) {
    return GetJobStatusResponse.newBuilder()
        .setJobId(view.jobId())
        .setState(state(view.state()))
        .setStage(view.stage())
        .setProgress(view.progress())
        .setMessage(view.message())
        .setErrorCode(view.ending().code())
        .setErrorSummary(view.ending().summary())
        .setUpdatedAt(PublicCodec.timestamp(view.updatedAtMicros()))
        .build();
  }

  static StreamJobUpdatesResponse update(UpdateView view) {
    return StreamJobUpdatesResponse.newBuilder()
        .setUpdate(
            StreamJobUpdatesResponse.JobUpdateEnvelope.newBuilder()
                .setEventSeq(view.seq())
                .setState(state(view.state()))
                .setStage(view.stage())
                .setProgress(view.progress())
                .setMessage(view.message())
                .setTimestamp(PublicCodec.timestamp(view.atMicros())))
        .build();
  }

  static GetJobResultsResponse results(ResultsView view) {
    return GetJobResultsResponse.newBuilder()
        .setJobId(view.jobId())
        .setState(state(view.state()))
        .putAllCounts(view.counts())
        .putAllMetadata(view.metadata())
        .setErrorCode(view.ending().code())
        .setErrorSummary(view.ending().summary())
        .setQfsResultRef("qfs://jobs/" + view.jobId() + "/results/result.json")
        .setCompletedAt(PublicCodec.timestamp(view.completedAtMicros()))
        .build();
  }

  static DispatchRationale rationale(RationaleView view) {
    return PublicCodec.as(PublicCodec.rationale(view), DispatchRationale.parser());
  }
}
