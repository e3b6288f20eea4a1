package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.gateway.TraceIds;
import dev.reeve.wire.reeve.v1.GetTraceRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.TracedJob;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Traces on the contract's HTTP surface: the jobs submitted under one, with their stages.
final class RestTraces {
  static final Map<String, RestRoute> ROUTES = Map.of("GET traces/{id}", RestTraces::trace);

  private static final int LIMIT_MAX = 100;

  private RestTraces() {}

  private static CompletableFuture<Answer> trace(RestRoute.Call call) {
    String trace =
        TraceIds.hex(call.id())
            .orElseThrow(() ->
                GatewayProblems.REQUEST_INVALID
                    .field("trace_id", call.id(), "a trace_id as a submit answers it")
                    .toException());
    GetTraceRequest request =
        GetTraceRequest.newBuilder()
            .setTraceId(trace)
            .setTenant(call.parameter("tenant"))
            .setPageSize(Math.min(LIMIT_MAX, RestJson.limit(call)))
            .setPageToken(call.parameter("cursor"))
            .build();
    return call.calls()
        .call(JobServiceGrpc.getGetTraceMethod(), request)
        .thenApply(page ->
            RestJson.page(
                page.getJobsList().stream().map(RestTraces::traced).toList(),
                page.getNextPageToken()));
  }

  private static JsonObject traced(TracedJob traced) {
    JsonObject out = RestJobs.brief(traced.getJob());
    JsonArray stages = new JsonArray();
    Job.Builder then = Job.newBuilder();
    for (JobEvent event : traced.getStagesList()) {
      stages.add(stage(then, event));
    }
    out.add("stages", stages);
    if (traced.getCut()) {
      out.addProperty("stages_cut", true);
    }
    String first = RestJobs.retryOf(traced.getJob());
    if (!first.isEmpty()) {
      out.addProperty("retry_of", first);
    }
    return out;
  }

  /// @param then the job as far as its events up to this one tell; the state in the words of the
  ///   contract depends on them
  private static JsonObject stage(Job.Builder then, JobEvent event) {
    boolean begins = event.getAttempt() > 0;
    then.setState(event.getState())
        .setStarted(event.getState() == JobState.JOB_STATE_EXECUTING && !begins);
    if (begins) {
      then.setAttempt(event.getAttempt());
    }
    JsonObject out = new JsonObject();
    out.addProperty("seq", event.getEventSeq());
    out.addProperty("state", RestJobs.state(then.build()));
    out.addProperty("stage", event.getStage());
    out.addProperty("at", RestJson.micros(event.getTime()));
    out.addProperty("attempt", then.getAttempt());
    out.addProperty("message", event.getMessage());
    if (event.hasError()) {
      out.addProperty("error_code", event.getError().getCode());
    }
    return out;
  }
}
