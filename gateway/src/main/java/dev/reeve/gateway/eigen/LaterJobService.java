package dev.reeve.gateway.eigen;

import dev.reeve.base.ProblemException;
import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.CancelJobRequest;
import dev.reeve.wire.eigen.api.v1.CancelJobResponse;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen.api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetJobStatusResponse;
import dev.reeve.wire.eigen.api.v1.JobServiceGrpc;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import dev.reeve.wire.eigen.api.v1.SubmitJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/// `eigen.api.v1.JobService`. Events come in a wrapper unless the call asks for bare ones.
final class LaterJobService implements JobServiceGrpc.AsyncService {
  private final PublicJobs jobs;
  private final Replies replies;

  LaterJobService(PublicJobs jobs, Replies replies) {
    this.jobs = jobs;
    this.replies = replies;
  }

  @Override
  public void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> observer) {
    replies.reply(observer, () -> jobs.submit(request), Function.identity());
  }

  @Override
  public void getJobStatus(
      GetJobStatusRequest request, StreamObserver<GetJobStatusResponse> observer) {
    replies.reply(observer, () -> jobs.status(request), Function.identity());
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    replies.reply(observer, () -> jobs.cancel(request), Function.identity());
  }

  @Override
  public void streamJobUpdates(
      StreamJobUpdatesRequest request, StreamObserver<StreamJobUpdatesResponse> observer) {
    try {
      jobs.stream(
          request,
          observer,
          PublicJobs.asksForBareStream() ? PublicCodec::bare : PublicCodec::wrapped);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
    }
  }

  @Override
  public void getJobResults(
      GetJobResultsRequest request, StreamObserver<GetJobResultsResponse> observer) {
    replies.send(observer, () -> jobs.results(request));
  }

  @Override
  public void getDispatchRationale(
      GetDispatchRationaleRequest request, StreamObserver<GetDispatchRationaleResponse> observer) {
    replies.reply(observer, () -> jobs.rationale(request), Function.identity());
  }
}
