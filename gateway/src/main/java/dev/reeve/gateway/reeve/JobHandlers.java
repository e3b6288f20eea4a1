package dev.reeve.gateway.reeve;

import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.EngineProblems;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobProblems;
import dev.reeve.service.Caller;
import dev.reeve.service.ExplainJob;
import dev.reeve.service.Futures;
import dev.reeve.service.JobFilter;
import dev.reeve.service.JobReader;
import dev.reeve.service.JobView;
import dev.reeve.service.ListJobs;
import dev.reeve.service.ReadTrace;
import dev.reeve.service.RemediateJob;
import dev.reeve.service.RetryJob;
import dev.reeve.service.SubmitResult;
import dev.reeve.service.WatchTenant;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobResponse;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobResponse;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResponse;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.GetTraceRequest;
import dev.reeve.wire.reeve.v1.GetTraceResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListJobsResponse;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// `reeve.v1.JobService`.
final class JobHandlers extends JobServiceGrpc.JobServiceImplBase {
  static final int REASON_LENGTH_MAX = 1024;

  private final GatewayServices services;
  private final Replies replies;
  private final ReeveProfile profile;
  private final SubmitDecoder decoder;
  private final WatchTenant watchTenant;
  private final RemediateJob remediations;
  private final RetryJob retries;
  private final TraceAnswers traces;

  JobHandlers(
      GatewayServices services, Replies replies, ReeveProfile profile, RemediateJob remediations) {
    this.services = services;
    this.replies = replies;
    this.profile = profile;
    this.remediations = remediations;
    retries = new RetryJob(services.submit(), services.reader(), services.blocking());
    traces = new TraceAnswers(new ReadTrace(services.list(), services.watch()));
    decoder = new SubmitDecoder(profile);
    watchTenant = new WatchTenant(services.watch(), services.writer().tail(), services.blocking());
  }

  @Override
  public void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> observer) {
    CallScope scope = CallScope.current();
    boolean inline = request.getPayload().size() <= profile.inlinePayloadBytesMax();
    replies.reply(
        observer,
        () ->
            inline
                ? submit(scope, request)
                : CompletableFuture.completedFuture(request)
                    .thenComposeAsync(asked -> submit(scope, asked), services.blocking()),
        result ->
            SubmitJobResponse.newBuilder()
                .setJob(
                    JobEncoder.encode(result.job(), CallFacts.clientLabels(request.getLabelsMap())))
                .build());
  }

  private CompletableFuture<SubmitResult> submit(CallScope scope, SubmitJobRequest request) {
    Caller tenant = TenantChoice.of(scope.caller(), "tenant", request.getTenant());
    Caller caller =
        request.getProject().isEmpty() ? tenant : tenant.withProject(request.getProject());
    return services
        .submit()
        .submit(caller, decoder.decode(caller, request, CallFacts.of(scope), scope.action().id()))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(inOurWords(failure)));
  }

  /// The core speaks of dependencies; the field of this API is `depends_on`.
  private static Throwable inOurWords(Throwable failure) {
    Problem problem = Futures.problem(failure);
    return problem.code().equals(EngineProblems.DEPENDENCY_NOT_FOUND)
        ? problem
            .code()
            .because(problem.message().replaceFirst("^dependencies", "depends_on"))
            .withField("depends_on", "expected: ids of jobs of this tenant")
            .toException()
        : failure;
  }

  @Override
  public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> observer) {
    replies.send(
        observer,
        () -> {
          JobView view = services.reader().view(key(request.getJobId()));
          GetJobResponse.Builder out =
              GetJobResponse.newBuilder()
                  .setJob(whole(view))
                  .addAllRemediations(RemediationEncoder.encode(remediations.offered(view)));
          HeldJobEncoder.encode(view).ifPresent(out::setHeld);
          return out.build();
        });
  }

  /// The job, with who has it or had it last.
  private dev.reeve.wire.reeve.v1.Job whole(JobView view) {
    dev.reeve.wire.reeve.v1.Job job = JobEncoder.encode(view);
    return JobEncoder.hasRun(view.job())
        ? services
            .reader()
            .lastDispatch(view.job())
            .map(last -> job.toBuilder().setWorkerId(last.worker()).build())
            .orElse(job)
        : job;
  }

  @Override
  public void getJobResult(
      GetJobResultRequest request, StreamObserver<GetJobResultResponse> observer) {
    JobView view;
    Bytes result;
    try {
      view = services.reader().view(key(request.getJobId()));
      result = services.reader().result(view.job());
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    ChunkStream.send(
        (ServerCallStreamObserver<GetJobResultResponse>) observer,
        GetJobResultResponse.newBuilder()
            .setInfo(JobEncoder.result(JobReader.readable(view.job())))
            .build(),
        result,
        JobHandlers::chunk);
  }

  private static GetJobResultResponse chunk(Bytes bytes, int from, int length) {
    return GetJobResultResponse.newBuilder()
        .setChunk(UnsafeByteOperations.unsafeWrap(bytes.unsafeArray(), from, length))
        .build();
  }

  @Override
  public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(observer, () -> list(caller, request));
  }

  private ListJobsResponse list(Caller anyTenant, ListJobsRequest request) {
    Caller caller = TenantChoice.of(anyTenant, "tenant", request.getTenant());
    JobFilter filter = ListDecoder.filter(request);
    ListJobsRequest list = request.toBuilder().clearPageToken().clearPageSize().build();
    long below = PageTokens.read(caller.tenant(), list, request.getPageToken(), Long.MAX_VALUE);
    ListJobs.Page page =
        services
            .list()
            .list(caller.tenant(), filter, below, ListDecoder.pageSize(request.getPageSize()));
    ListJobsResponse.Builder out = ListJobsResponse.newBuilder();
    page.jobs().forEach(view -> out.addJobs(JobEncoder.encode(view)));
    page.nextBelow()
        .ifPresent(next -> out.setNextPageToken(PageTokens.write(caller.tenant(), list, next)));
    return out.build();
  }

  @Override
  public void getTrace(GetTraceRequest request, StreamObserver<GetTraceResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(observer, () -> traces.answer(caller, request));
  }

  @Override
  public void watchJobs(WatchJobsRequest request, StreamObserver<WatchJobsResponse> observer) {
    Caller caller = CallScope.current().caller();
    WatchPlan plan;
    try {
      plan = WatchPlan.decode(caller, request);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    new WatchStream((ServerCallStreamObserver<WatchJobsResponse>) observer, plan)
        .start(services.watch(), watchTenant);
  }

  @Override
  public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          JobKey key = key(request.getJobId());
          new FieldChecks(GatewayProblems.REQUEST_INVALID)
              .text("reason", request.getReason(), REASON_LENGTH_MAX)
              .throwIfAny();
          return cancelled(scope, key, services.gate().kept(scope.caller(), request.getReason()));
        },
        Function.identity());
  }

  private CompletableFuture<CancelJobResponse> cancelled(
      CallScope scope, JobKey key, String reason) {
    return services
        .cancel()
        .cancel(scope.caller(), key.jobId(), reason, scope.action().id())
        .handleAsync(
            (_, failure) -> {
              Optional<Problem> problem = Optional.ofNullable(failure).map(Futures::problem);
              boolean finished =
                  problem
                      .filter(p -> p.code().equals(JobProblems.JOB_ALREADY_FINISHED))
                      .isPresent();
              if (problem.isPresent() && !finished) {
                throw problem.get().toException();
              }
              return CancelJobResponse.newBuilder()
                  .setAccepted(!finished)
                  .setJob(JobEncoder.encode(services.reader().view(key)))
                  .build();
            },
            services.blocking());
  }

  @Override
  public void explainJob(ExplainJobRequest request, StreamObserver<ExplainJobResponse> observer) {
    replies.reply(
        observer,
        () -> {
          JobKey key = key(request.getJobId());
          return services
              .explain()
              .explain(key)
              .thenApplyAsync(
                  why -> explained(why, services.reader().view(key)), services.blocking());
        },
        Function.identity());
  }

  @Override
  public void retryJob(RetryJobRequest request, StreamObserver<RetryJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () ->
            retries
                .retry(scope.caller(), key(request.getJobId()).jobId(), scope.action().id())
                .exceptionallyCompose(
                    failure -> CompletableFuture.failedFuture(inOurWords(failure)))
                .thenApplyAsync(
                    result ->
                        RetryJobResponse.newBuilder()
                            .setJob(JobEncoder.encode(services.reader().view(result.job().key())))
                            .setKnown(result.replayed())
                            .build(),
                    services.blocking()),
        Function.identity());
  }

  private ExplainJobResponse explained(ExplainJob.Explanation why, JobView view) {
    Job job = why.job();
    ExplainJobResponse.Builder out =
        ExplainJobResponse.newBuilder()
            .setJob(JobEncoder.encode(job, view.admission().spec().work().labels()))
            .addAllBlockingJobIds(why.blockedBy())
            .addAllRemediations(RemediationEncoder.encode(remediations.offered(view)));
    if (job.state() instanceof dev.reeve.job.JobState.Queued) {
      out.setQueuePosition(why.ahead() + 1);
    }
    why.causes().forEach(cause -> out.addCauses(CauseEncoder.encode(cause)));
    services
        .reader()
        .approval(job)
        .ifPresent(approved ->
            out.getApprovalBuilder()
                .setPrincipal(approved.by())
                .setComment(approved.comment())
                .setTime(ProtoTimes.timestamp(approved.atMicros())));
    return out.build();
  }

  /// The job of the call's tenant that a request names.
  private static JobKey key(String jobId) {
    return keyOf(CallScope.current().caller(), "job_id", jobId);
  }

  static JobKey keyOf(Caller caller, String field, String jobId) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID).givenId(field, jobId).throwIfAny();
    return new JobKey(caller.tenant(), jobId);
  }
}
