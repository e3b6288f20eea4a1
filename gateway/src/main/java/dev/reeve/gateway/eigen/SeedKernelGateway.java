package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.Replies;
import dev.reeve.service.DeviceView;
import dev.reeve.wire.kernel_api.v0_1.CancelJobRequest;
import dev.reeve.wire.kernel_api.v0_1.CancelJobResponse;
import dev.reeve.wire.kernel_api.v0_1.DeviceInfo;
import dev.reeve.wire.kernel_api.v0_1.EnqueueJobRequest;
import dev.reeve.wire.kernel_api.v0_1.EnqueueJobResponse;
import dev.reeve.wire.kernel_api.v0_1.GetJobResultsRequest;
import dev.reeve.wire.kernel_api.v0_1.GetJobResultsResponse;
import dev.reeve.wire.kernel_api.v0_1.GetJobStatusRequest;
import dev.reeve.wire.kernel_api.v0_1.GetJobStatusResponse;
import dev.reeve.wire.kernel_api.v0_1.KernelGatewayGrpc;
import dev.reeve.wire.kernel_api.v0_1.ListDevicesRequest;
import dev.reeve.wire.kernel_api.v0_1.ListDevicesResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.OptionalInt;

/// The first kernel gateway, under `kernel_api.v0_1.KernelGateway` and
/// `eigen.internal.v1.KernelGateway`, which share their messages.
final class SeedKernelGateway
    implements KernelGatewayGrpc.AsyncService,
        dev.reeve.wire.eigen.internal.v1.KernelGatewayGrpc.AsyncService {
  private static final EigenProfile PROFILE = EigenProfile.KERNEL_SEED;

  private final EigenJobs jobs;
  private final EigenDevices devices;
  private final Replies replies;

  SeedKernelGateway(EigenJobs jobs, EigenDevices devices, Replies replies) {
    this.jobs = jobs;
    this.devices = devices;
    this.replies = replies;
  }

  @Override
  public void enqueueJob(EnqueueJobRequest request, StreamObserver<EnqueueJobResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.submit(PROFILE, submit(request)),
        status ->
            EnqueueJobResponse.newBuilder()
                .setJobId(status.jobId())
                .setStateValue(status.state().number())
                .setCreatedAt(PublicCodec.timestamp(status.createdAtMicros()))
                .build());
  }

  @Override
  public void getJobStatus(
      GetJobStatusRequest request, StreamObserver<GetJobStatusResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.status(PROFILE, request.getJobId(), CallEnvelope.NONE),
        SeedKernelGateway::status);
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.cancel(request.getJobId(), CallEnvelope.NONE),
        outcome ->
            CancelJobResponse.newBuilder()
                .setAccepted(outcome == EigenJobs.CancelOutcome.ACCEPTED)
                .build());
  }

  @Override
  public void getJobResults(
      GetJobResultsRequest request, StreamObserver<GetJobResultsResponse> observer) {
    replies.send(
        observer, () -> results(jobs.results(PROFILE, request.getJobId(), CallEnvelope.NONE)));
  }

  @Override
  public void listDevices(
      ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
    replies.reply(
        observer, () -> devices.list("", CallEnvelope.NONE), SeedKernelGateway::deviceList);
  }

  private static SubmitInput submit(EnqueueJobRequest request) {
    return KernelCodec.submit(
        request.getName(),
        Bytes.wrap(request.getProgram().toByteArray()),
        request.getProgramFormat(),
        request.getTarget(),
        OptionalInt.of(request.getPriority()),
        request.getCompilerOptionsMap(),
        request.getMetadataMap(),
        Bytes.EMPTY,
        CallEnvelope.NONE);
  }

  private static GetJobStatusResponse status(StatusView view) {
    return GetJobStatusResponse.newBuilder()
        .setJobId(view.jobId())
        .setStateValue(view.state().number())
        .setStage(view.stage())
        .setProgress(view.progress())
        .setMessage(view.message())
        .setErrorCode(view.ending().code())
        .setErrorSummary(view.ending().summary())
        .setUpdatedAt(PublicCodec.timestamp(view.updatedAtMicros()))
        .build();
  }

  private static GetJobResultsResponse results(ResultsView view) {
    return GetJobResultsResponse.newBuilder()
        .setJobId(view.jobId())
        .setStateValue(view.state().number())
        .putAllCounts(view.counts())
        .putAllMetadata(view.metadata())
        .setErrorCode(view.ending().code())
        .setErrorSummary(view.ending().summary())
        .setCompletedAt(PublicCodec.timestamp(view.completedAtMicros()))
        .build();
  }

  private static ListDevicesResponse deviceList(List<DeviceView> devices) {
    ListDevicesResponse.Builder list = ListDevicesResponse.newBuilder();
    for (DeviceView device : devices) {
      list.addDevices(PublicCodec.as(PublicCodec.device(device), DeviceInfo.parser()));
    }
    return list.build();
  }
}
