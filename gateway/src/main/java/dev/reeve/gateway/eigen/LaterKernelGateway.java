package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.internal.v1.CancelJobRequest;
import dev.reeve.wire.eigen.internal.v1.CancelJobResponse;
import dev.reeve.wire.eigen.internal.v1.EnqueueJobRequest;
import dev.reeve.wire.eigen.internal.v1.EnqueueJobResponse;
import dev.reeve.wire.eigen.internal.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen.internal.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen.internal.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.internal.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.internal.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.internal.v1.GetJobStatusResponse;
import dev.reeve.wire.eigen.internal.v1.KernelGatewayServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen.internal.v1.StreamJobUpdatesResponse;
import io.grpc.stub.StreamObserver;
import java.util.OptionalInt;

/// `eigen.internal.v1.KernelGatewayService`.
final class LaterKernelGateway implements KernelGatewayServiceGrpc.AsyncService {
  private static final EigenProfile PROFILE = EigenProfile.KERNEL_LATER;

  private final EigenJobs jobs;
  private final Replies replies;

  LaterKernelGateway(EigenJobs jobs, Replies replies) {
    this.jobs = jobs;
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
                .setState(KernelCodec.state(status.state()))
                .setCreatedAt(PublicCodec.timestamp(status.createdAtMicros()))
                .build());
  }

  @Override
  public void getJobStatus(
      GetJobStatusRequest request, StreamObserver<GetJobStatusResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.status(PROFILE, request.getJobId(), CallEnvelope.of(request.getMetadata())),
        KernelCodec::status);
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.cancel(request.getJobId(), CallEnvelope.of(request.getMetadata())),
        outcome ->
            CancelJobResponse.newBuilder()
                .setAccepted(outcome == EigenJobs.CancelOutcome.ACCEPTED)
                .setReasonCode(outcome.name())
                .build());
  }

  @Override
  public void getJobResults(
      GetJobResultsRequest request, StreamObserver<GetJobResultsResponse> observer) {
    replies.send(
        observer,
        () ->
            KernelCodec.results(
                jobs.results(PROFILE, request.getJobId(), CallEnvelope.of(request.getMetadata()))));
  }

  @Override
  public void streamJobUpdates(
      StreamJobUpdatesRequest request, StreamObserver<StreamJobUpdatesResponse> observer) {
    try {
      jobs.stream(
          PROFILE,
          request.getJobId(),
          request.getLastEventSeq(),
          CallEnvelope.of(request.getMetadata()),
          observer,
          KernelCodec::update);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
    }
  }

  @Override
  public void getDispatchRationale(
      GetDispatchRationaleRequest request, StreamObserver<GetDispatchRationaleResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.rationale(request.getJobId(), CallEnvelope.of(request.getMetadata())),
        view ->
            GetDispatchRationaleResponse.newBuilder()
                .setRationale(KernelCodec.rationale(view))
                .build());
  }

  private static SubmitInput submit(EnqueueJobRequest request) {
    return KernelCodec.submit(
        request.getName(),
        Bytes.wrap(request.getProgram().toByteArray()),
        request.getProgramFormat(),
        request.getTarget(),
        OptionalInt.of(request.getPriority()),
        request.getCompilerOptionsMap(),
        request.getMetadataKvsMap(),
        request.getMetadata().hasWorkload()
            ? Bytes.wrap(request.getMetadata().getWorkload().toByteArray())
            : Bytes.EMPTY,
        CallEnvelope.of(request.getMetadata()));
  }
}
