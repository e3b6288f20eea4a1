package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.gateway.RestApi.CallRefused;
import dev.reeve.job.JobProblems;
import dev.reeve.service.ServiceProblems;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The dead letters of the contract's HTTP surface: the jobs that `sys.job.dlq` tells of.
final class RestDeadLetters {
  static final Map<String, RestRoute> ROUTES =
      Map.of(
          "GET dlq", RestDeadLetters::list,
          "GET dlq/page", RestDeadLetters::list,
          "POST dlq/{id}/retry", RestDeadLetters::retry);

  /// As the contract has it of what cannot be done any more.
  private static final int CONFLICT = 409;

  private static final Set<String> NOT_NOW =
      Set.of(ServiceProblems.JOB_NOT_RETRYABLE.reason(), ServiceProblems.PAYLOAD_NOT_KEPT.reason());

  private RestDeadLetters() {}

  /// Of the denied ones only those that a person rejected: a page may be shorter than its limit.
  private static CompletableFuture<Answer> list(RestRoute.Call call) {
    ListJobsRequest request =
        ListJobsRequest.newBuilder()
            .setTenant(call.parameter("tenant"))
            .setTopic(call.parameter("topic"))
            .addStates(JobState.JOB_STATE_FAILED)
            .addStates(JobState.JOB_STATE_TIMED_OUT)
            .addStates(JobState.JOB_STATE_QUARANTINED)
            .addStates(JobState.JOB_STATE_DENIED)
            .setPageSize(RestJson.limit(call))
            .setPageToken(call.parameter("cursor"))
            .build();
    return call.calls()
        .call(JobServiceGrpc.getListJobsMethod(), request)
        .thenApply(page ->
            RestJson.page(
                page.getJobsList().stream()
                    .filter(RestDeadLetters::isDead)
                    .map(RestDeadLetters::entry)
                    .toList(),
                page.getNextPageToken()));
  }

  private static boolean isDead(Job job) {
    return job.getState() != JobState.JOB_STATE_DENIED || job.getDeadLetter();
  }

  private static JsonObject entry(Job job) {
    JsonObject out = new JsonObject();
    out.addProperty("job_id", job.getJobId());
    out.addProperty("topic", job.getTopic());
    out.addProperty("status", status(job));
    out.addProperty("reason", job.getError().getMessage());
    out.addProperty("reason_code", reasonCode(job));
    out.addProperty("last_state", RestJobs.state(job));
    out.addProperty("attempts", job.getAttempt());
    out.addProperty("created_at", Timestamps.toString(job.getFinishedAt()));
    out.addProperty("dead_letter", job.getDeadLetter());
    String first = RestJobs.retryOf(job);
    if (!first.isEmpty()) {
      out.addProperty("retry_of", first);
    }
    return out;
  }

  /// As the result on the bus says it.
  private static String status(Job job) {
    return "JOB_STATUS_"
        + switch (job.getState()) {
          case JOB_STATE_TIMED_OUT -> "TIMEOUT";
          case JOB_STATE_DENIED, JOB_STATE_QUARANTINED -> "DENIED";
          default -> job.getError().getFatal() ? "FAILED_FATAL" : "FAILED";
        };
  }

  private static String reasonCode(Job job) {
    String code = job.getError().getCode();
    if (code.equals(JobProblems.APPROVAL_REJECTED)) {
      return "approval_rejected";
    }
    return job.getState() == JobState.JOB_STATE_QUARANTINED ? "output_quarantined" : code;
  }

  /// A second call for the same job is answered like the first one.
  private static CompletableFuture<Answer> retry(RestRoute.Call call) {
    JsonObject _ = RestJson.object(call.request().body(), Set.of());
    return call.calls()
        .call(
            JobServiceGrpc.getRetryJobMethod(),
            RetryJobRequest.newBuilder().setJobId(call.id()).build())
        .thenApply(made -> RestJson.answer(RestJobs.submitted(made.getJob())))
        .exceptionallyCompose(failure ->
            RestErrors.refusal(failure)
                .map(CallRefused::status)
                .filter(status -> NOT_NOW.contains(RestErrors.code(status)))
                .map(status ->
                    CompletableFuture.completedFuture(RestErrors.answer(status, CONFLICT)))
                .orElseGet(() -> CompletableFuture.failedFuture(failure)));
  }
}
