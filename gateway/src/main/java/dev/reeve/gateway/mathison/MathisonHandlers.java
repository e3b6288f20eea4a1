package dev.reeve.gateway.mathison;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.gateway.CallFacts;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.EventStreams;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.GovernanceStation;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.Topics;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.JobView;
import dev.reeve.service.SubmitJob;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatus;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The job methods of `mathison.MathisonService`. Every method may block.
final class MathisonHandlers extends MathisonServiceGrpc.MathisonServiceImplBase {
  private static final long MICROS_PER_MILLI = 1_000;

  private final GatewayServices services;
  private final Replies replies;
  private final EventStreams streams;
  private final MathisonProfile profile;
  private final MathisonDecoder decoder;

  MathisonHandlers(GatewayServices services, Replies replies, MathisonProfile profile) {
    this.services = services;
    this.replies = replies;
    this.profile = profile;
    streams = new EventStreams(services.watch(), MathisonProblems.TABLE);
    decoder = new MathisonDecoder(profile);
  }

  @Override
  public void runJob(JobRunRequest request, StreamObserver<JobResult> observer) {
    CallScope scope = CallScope.current();
    Duration wait = wait(Context.current().getDeadline());
    CompletableFuture<JobResult> gone = new CompletableFuture<>();
    ((ServerCallStreamObserver<JobResult>) observer).setOnCancelHandler(() -> gone.cancel(false));
    replies.reply(
        observer,
        () -> submitted(scope, request).thenCompose(job -> ended(job, wait, gone)),
        Function.identity());
  }

  private CompletableFuture<Job> submitted(CallScope scope, JobRunRequest request) {
    return services
        .submit()
        .submit(
            scope.caller(),
            decoder.decode(scope.caller(), request, CallFacts.of(scope), scope.action().id()))
        .thenApply(result -> result.job())
        .handleAsync(
            (job, failure) -> {
              if (failure == null) {
                return job;
              }
              throw seenBefore(scope.caller(), request, failure);
            },
            services.blocking());
  }

  /// A given id names one job of the whole server: to another tenant it is taken and nothing else.
  /// A job that was denied took no key, and yet its id names it: the same inputs hear the denial
  /// again, others a conflict.
  private ProblemException seenBefore(Caller caller, JobRunRequest request, Throwable failure) {
    Problem refused = Futures.problem(failure);
    boolean conflict = refused.code().equals(EngineProblems.IDEMPOTENCY_CONFLICT);
    boolean taken = refused.code().equals(EngineProblems.JOB_ID_TAKEN);
    if (!conflict && !taken) {
      return refused.toException();
    }
    Optional<JobView> first =
        services.reader().find(new JobKey(caller.tenant(), request.getJobId()));
    if (first.isEmpty()) {
      return EngineProblems.JOB_ID_TAKEN.because("job id is taken").toException();
    }
    Job job = first.get().job();
    if (conflict) {
      return usedWithOtherInputs(request).toException();
    }
    boolean ours = job.header().origin().dialect().equals(profile.dialect());
    if (!ours || !(job.state() instanceof JobState.Denied denied)) {
      return refused.toException();
    }
    Bytes digest = first.get().admission().spec().payload().sha256();
    boolean same =
        job.header().topic().equals(Topics.ofKind(request.getJobType()))
            && digest.equals(Sha256.of(MathisonDecoder.inputs(request)));
    return same
        ? SubmitJob.denial(job, denied).toException()
        : usedWithOtherInputs(request).toException();
  }

  private static Problem usedWithOtherInputs(JobRunRequest request) {
    return EngineProblems.IDEMPOTENCY_CONFLICT
        .because("job_id: used with other inputs (expected: the same, or another id)")
        .with("job_id", request.getJobId());
  }

  /// Waits for the end; what has not ended by then is `running`. A caller who hangs up ends the
  /// wait, not the job.
  private CompletableFuture<JobResult> ended(
      Job job, Duration wait, CompletableFuture<JobResult> gone) {
    CompletableFuture<Job> end =
        services
            .await()
            .end(job)
            .completeOnTimeout(job, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    Futures.then(gone, _ -> {}, _ -> end.complete(job));
    return end.thenApplyAsync(this::result, services.blocking());
  }

  private Duration wait(@Nullable Deadline deadline) {
    return deadline == null
        ? profile.waitMax()
        : profile.waitWithin(
            Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS))));
  }

  private JobResult result(Job job) {
    ByteString outputs =
        job.state() instanceof JobState.Completed
            ? MathisonOutputs.ofResult(services.reader().result(job))
            : MathisonOutputs.ofEnd(job.state());
    return JobResult.newBuilder()
        .setJobId(job.key().jobId())
        .setStatus(MathisonStates.of(job.state(), job.progress()).status())
        .setOutputs(outputs)
        .setReceiptId(receipt(job))
        .build();
  }

  /// The receipt of a job's newest event, or of its admission while it runs.
  private String receipt(Job job) {
    long seq = job.isFinished() ? job.lastEventSeq() : 1;
    List<SequencedEvent> events = services.watch().read(job.jobNo(), seq - 1, 1);
    return events.isEmpty() ? "" : receipt(events.getFirst());
  }

  private static String receipt(SequencedEvent event) {
    return event.leafIndex() < 0 ? "" : String.valueOf(event.leafIndex());
  }

  @Override
  public void getJobStatus(JobStatusRequest request, StreamObserver<JobStatus> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(
        observer,
        () -> {
          Job job = view(caller, request).job();
          MathisonStates.Standing standing = MathisonStates.of(job.state(), job.progress());
          return JobStatus.newBuilder()
              .setJobId(job.key().jobId())
              .setStatus(standing.status())
              .setCurrentStage(standing.stage())
              .setStartTime(millis(job.header().createdAtMicros()))
              .setEndTime(job.isFinished() ? millis(job.updatedAtMicros()) : 0)
              .setReceiptId(receipt(job))
              .setSequence(job.lastEventSeq())
              .setGenomeId(services.governance().genome().id())
              .setGenomeVersion(services.governance().genome().version())
              .build();
        });
  }

  @Override
  public void streamJobStatus(JobStatusRequest request, StreamObserver<JobStatus> observer) {
    JobView view;
    try {
      view = view(CallScope.current().caller(), request);
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    }
    Job job = view.job();
    streams.serve(observer, job.key(), 0, event -> encode(job, event));
  }

  private JobStatus encode(Job job, SequencedEvent event) {
    MathisonStates.Standing standing = MathisonStates.of(event);
    GovernanceStation.GenomeInForce genome = services.governance().genome();
    return JobStatus.newBuilder()
        .setJobId(job.key().jobId())
        .setStatus(standing.status())
        .setCurrentStage(standing.stage())
        .setStartTime(millis(job.header().createdAtMicros()))
        .setEndTime(event.isTerminal() ? millis(event.event().atMicros()) : 0)
        .setReceiptId(receipt(event))
        .setSequence(event.seq())
        .setGenomeId(genome.id())
        .setGenomeVersion(genome.version())
        .build();
  }

  private JobView view(Caller caller, JobStatusRequest request) {
    new FieldChecks(MathisonProblems.MALFORMED_REQUEST)
        .givenId("job_id", request.getJobId())
        .throwIfAny();
    return services.reader().view(new JobKey(caller.tenant(), request.getJobId()));
  }

  private static long millis(long micros) {
    return micros / MICROS_PER_MILLI;
  }
}
