package dev.reeve.gateway.eigen;

import static dev.reeve.gateway.eigen.PublicCodec.as;

import dev.reeve.base.ProblemException;
import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen_api.v1.CancelJobRequest;
import dev.reeve.wire.eigen_api.v1.CancelJobResponse;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen_api.v1.JobResponse;
import dev.reeve.wire.eigen_api.v1.JobResultsRequest;
import dev.reeve.wire.eigen_api.v1.JobResultsResponse;
import dev.reeve.wire.eigen_api.v1.JobServiceGrpc;
import dev.reeve.wire.eigen_api.v1.JobStatusRequest;
import dev.reeve.wire.eigen_api.v1.JobStatusResponse;
import dev.reeve.wire.eigen_api.v1.JobUpdate;
import dev.reeve.wire.eigen_api.v1.JobUpdatesRequest;
import dev.reeve.wire.eigen_api.v1.SubmitJobRequest;
import io.grpc.stub.StreamObserver;

/// `eigen_api.v1.JobService`, the names of the first RFC. Events come bare.
final class SeedJobService implements JobServiceGrpc.AsyncService {
  private final PublicJobs jobs;
  private final Replies replies;

  SeedJobService(PublicJobs jobs, Replies replies) {
    this.jobs = jobs;
    this.replies = replies;
  }

  @Override
  public void submitJob(SubmitJobRequest request, StreamObserver<JobResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.submit(as(request, dev.reeve.wire.eigen.api.v1.SubmitJobRequest.parser())),
        response -> as(response, JobResponse.parser()));
  }

  @Override
  public void getJobStatus(JobStatusRequest request, StreamObserver<JobStatusResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.status(as(request, GetJobStatusRequest.parser())),
        response -> as(response, JobStatusResponse.parser()));
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    replies.reply(
        observer,
        () -> jobs.cancel(as(request, dev.reeve.wire.eigen.api.v1.CancelJobRequest.parser())),
        response -> as(response, CancelJobResponse.parser()));
  }

  @Override
  public void streamJobUpdates(JobUpdatesRequest request, StreamObserver<JobUpdate> observer) {
    try {
      jobs.stream(
          as(request, StreamJobUpdatesRequest.parser()),
          observer,
          update -> as(PublicCodec.update(update), JobUpdate.parser()));
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
    }
  }

  @Override
  public void getJobResults(
      JobResultsRequest request, StreamObserver<JobResultsResponse> observer) {
    replies.send(
        observer,
        () ->
            as(
                jobs.results(as(request, GetJobResultsRequest.parser())),
                JobResultsResponse.parser()));
  }

  @Override
  public void getDispatchRationale(
      GetDispatchRationaleRequest request, StreamObserver<GetDispatchRationaleResponse> observer) {
    replies.reply(
        observer,
        () ->
            jobs.rationale(
                as(request, dev.reeve.wire.eigen.api.v1.GetDispatchRationaleRequest.parser())),
        response -> as(response, GetDispatchRationaleResponse.parser()));
  }
}
