package dev.reeve.gateway.cordum;

import dev.reeve.base.Ids;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.EngineProblems;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.JobsById;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.gateway.TraceIds;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.JobView;
import dev.reeve.service.SubmitRequest;
import dev.reeve.service.SubmitResult;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.GetJobStatusRequest;
import dev.reeve.wire.cordum.v1.GetJobStatusResponse;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// `cordum.v1.CordumApi`. Every method may block.
final class CordumHandlers extends CordumApiGrpc.CordumApiImplBase {
  private final GatewayServices services;
  private final Replies replies;
  private final JobsById jobs;
  private final CordumDecoder decoder;

  CordumHandlers(GatewayServices services, Replies replies, CordumProfile profile) {
    this.services = services;
    this.replies = replies;
    decoder = new CordumDecoder(profile);
    jobs = new JobsById(services);
  }

  @Override
  public void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(observer, () -> submit(scope, request), result -> submitted(result.job()));
  }

  private CompletableFuture<SubmitResult> submit(CallScope scope, SubmitJobRequest request) {
    Caller tenant = TenantChoice.of(scope.caller(), "org_id", request.getOrgId());
    Caller caller = CordumDecoder.withProject(tenant, request);
    return decided(caller, request, CallFacts.of(scope), scope.action().id())
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(readable(failure)));
  }

  /// A known key comes before every check of the fields: what is wrong with the rest of a repeat
  /// does not matter.
  private CompletableFuture<SubmitResult> decided(
      Caller caller, SubmitJobRequest request, CallFacts call, String action) {
    SubmitRequest decoded;
    try {
      decoded = decoder.decode(caller, request, call, action);
    } catch (ProblemException refused) {
      return decoder.usableKey(caller, request).stream()
          .map(scope -> services.submit().known(caller, scope))
          .map(first -> first.thenApply(known -> known.orElseThrow(() -> refused)))
          .findFirst()
          .orElseThrow(() -> refused);
    }
    return services.submit().submit(caller, decoded);
  }

  /// A key whose job retention has removed is a conflict in this API.
  private static Throwable readable(Throwable failure) {
    return Futures.problem(failure).code().equals(EngineProblems.JOB_NOT_FOUND)
        ? CordumProblems.IDEMPOTENT_JOB_GONE
            .because("idempotency_key: taken by a job that is gone (expected: another key)")
            .toException()
        : failure;
  }

  private static SubmitJobResponse submitted(Job job) {
    SubmitJobResponse.Builder out =
        SubmitJobResponse.newBuilder()
            .setJobId(job.key().jobId())
            .setTraceId(TraceIds.uuidText(job.header().origin().traceId()));
    return job.state() instanceof JobState.AwaitingApproval
        ? out.setStatus("approval_required").setReason(job.verdict().reason()).build()
        : out.setStatus("submitted").build();
  }

  @Override
  public void getJobStatus(
      GetJobStatusRequest request, StreamObserver<GetJobStatusResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String jobId = request.getJobId();
          new FieldChecks(GatewayProblems.REQUEST_INVALID)
              .require(!jobId.isEmpty(), "job_id", jobId, "a job id")
              .throwIfAny();
          return find(scope, jobId)
              .map(view -> status(view.job()))
              .orElseGet(() ->
                  GetJobStatusResponse.newBuilder()
                      .setJobId(jobId)
                      .setStatus(CordumStates.UNKNOWN)
                      .build());
        });
  }

  /// Who may not mean jobs of other tenants hears that it is not theirs.
  private Optional<JobView> find(CallScope scope, String jobId) {
    if (!Ids.isGiven(jobId)) {
      return Optional.empty();
    }
    Optional<JobView> found = jobs.find(scope, jobId);
    if (found.isEmpty() && services.reader().findInAnyTenant(jobId).isPresent()) {
      throw CordumProblems.CROSS_TENANT_DENIED
          .because("job_id: a job of another tenant (expected: one of the caller's)")
          .toException();
    }
    return found;
  }

  private static GetJobStatusResponse status(Job job) {
    GetJobStatusResponse.Builder out =
        GetJobStatusResponse.newBuilder()
            .setJobId(job.key().jobId())
            .setStatus(CordumStates.toWire(job));
    boolean readable =
        job.state() instanceof JobState.Completed
            || (job.state() instanceof JobState.Quarantined held
                && held.standing() == JobState.HeldOutput.RELEASED);
    if (readable) {
      out.setResultPtr("redis://res:" + job.key().jobId());
    }
    return out.build();
  }
}
