package dev.reeve.gateway.eigen;

import dev.reeve.gateway.CallScope;
import dev.reeve.wire.eigen.api.v1.CancelJobRequest;
import dev.reeve.wire.eigen.api.v1.CancelJobResponse;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetJobStatusResponse;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import dev.reeve.wire.eigen.api.v1.SubmitJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The public job calls in the messages of `eigen.api.v1`, for one of the two names.
final class PublicJobs {
  private final EigenJobs jobs;
  private final EigenProfile profile;

  PublicJobs(EigenJobs jobs, EigenProfile profile) {
    this.jobs = jobs;
    this.profile = profile;
  }

  CompletableFuture<SubmitJobResponse> submit(SubmitJobRequest request) {
    return jobs.submit(profile, PublicCodec.submit(request))
        .thenApply(status ->
            SubmitJobResponse.newBuilder()
                .setJobId(status.jobId())
                .setStatus(PublicCodec.status(status))
                .build());
  }

  CompletableFuture<GetJobStatusResponse> status(GetJobStatusRequest request) {
    return jobs.status(profile, request.getJobId(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(status ->
            GetJobStatusResponse.newBuilder().setStatus(PublicCodec.status(status)).build());
  }

  CompletableFuture<CancelJobResponse> cancel(CancelJobRequest request) {
    return jobs.cancel(request.getJobId(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(outcome ->
            CancelJobResponse.newBuilder()
                .setAccepted(outcome == EigenJobs.CancelOutcome.ACCEPTED)
                .build());
  }

  <R> void stream(
      StreamJobUpdatesRequest request, StreamObserver<R> observer, Function<UpdateView, R> encode) {
    jobs.stream(
        profile,
        request.getJobId(),
        request.getLastEventSeq(),
        CallEnvelope.of(request.getEnvelope()),
        observer,
        encode);
  }

  /// Whether the call asks for events without their wrapper.
  static boolean asksForBareStream() {
    return CallScope.current().header("x-eigen-stream-shape").equals("bare");
  }

  /// Blocks.
  GetJobResultsResponse results(GetJobResultsRequest request) {
    return PublicCodec.results(
        jobs.results(profile, request.getJobId(), CallEnvelope.of(request.getEnvelope())));
  }

  CompletableFuture<GetDispatchRationaleResponse> rationale(GetDispatchRationaleRequest request) {
    return jobs.rationale(request.getJobId(), CallEnvelope.of(request.getEnvelope()))
        .thenApply(rationale ->
            GetDispatchRationaleResponse.newBuilder()
                .setRationale(PublicCodec.rationale(rationale))
                .build());
  }
}
