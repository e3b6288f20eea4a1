package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.reeve.base.Text;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi;
import dev.reeve.job.JobProblems;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import dev.reeve.wire.reeve.v1.Remediation;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.MethodDescriptor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The paths of the contract under `/api/v1/` (section 7) that have a core behind them. Each is a
/// method or two of the public API, called like by anybody.
final class CordumRest implements RestApi {
  private static final String PREFIX = "/api/v1/";

  private static final Map<String, RestRoute> JOBS =
      Map.of(
          "POST jobs", CordumRest::submit,
          "GET jobs", CordumRest::list,
          "GET jobs/{id}", CordumRest::job,
          "POST jobs/{id}/cancel", CordumRest::cancel,
          "POST jobs/{id}/remediate", CordumRest::remediate);

  private final Map<String, RestRoute> routes = new HashMap<>();

  CordumRest(InstantSource clock) {
    routes.putAll(JOBS);
    routes.putAll(RestDecisions.ROUTES);
    routes.putAll(new RestApprovals(clock).routes());
    routes.putAll(RestDeadLetters.ROUTES);
    routes.putAll(RestTraces.ROUTES);
    routes.putAll(RestVerify.ROUTES);
    routes.putAll(RestPolicy.ROUTES);
    routes.putAll(RestWorkers.ROUTES);
    routes.putAll(RestMemory.ROUTES);
    routes.putAll(new RestSystem(clock).routes());
  }

  @Override
  public String prefix() {
    return PREFIX;
  }

  @Override
  public Map<String, String> methods() {
    Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();
    methods.put("jobs", CordumApiGrpc.getSubmitJobMethod());
    methods.put("workers", WorkerServiceGrpc.getListWorkersMethod());
    methods.put("pools", PoolServiceGrpc.getListPoolsMethod());
    methods.put("topics", PoolServiceGrpc.getListTopicsMethod());
    methods.put("memory", CapServiceGrpc.getReadMemoryMethod());
    methods.put("artifacts", CapServiceGrpc.getWriteMemoryMethod());
    methods.put("approvals", ApprovalServiceGrpc.getListApprovalsMethod());
    methods.put("dlq", JobServiceGrpc.getListJobsMethod());
    methods.put("policy/evaluate", SafetyKernelGrpc.getEvaluateMethod());
    methods.put("policy/explain", SafetyKernelGrpc.getExplainMethod());
    methods.put("policy/simulate", SafetyKernelGrpc.getSimulateMethod());
    methods.put("policy/snapshots", PolicyServiceGrpc.getListPolicySnapshotsMethod());
    methods.put("policy/rules", PolicyServiceGrpc.getGetPolicyMethod());
    methods.put("policy/output/rules", PolicyServiceGrpc.getGetPolicyMethod());
    methods.put("policy/output/stats", PolicyServiceGrpc.getGetOutputStatsMethod());
    methods.put("audit/verify", AuditServiceGrpc.getVerifyLogMethod());
    methods.put("audit/events", AuditServiceGrpc.getListReceiptsMethod());
    methods.put("status", SystemServiceGrpc.getGetServerInfoMethod());
    methods.put("config/effective", SystemServiceGrpc.getGetConfigMethod());
    Map<String, String> names = new HashMap<>();
    methods.forEach((path, method) -> names.put(PREFIX + path, method.getFullMethodName()));
    return names;
  }

  @Override
  public CompletableFuture<Answer> serve(Request request, Calls calls) {
    List<String> segments = Arrays.asList(request.path().split("/", -1));
    RestRoute route = routes.get(request.method() + " " + request.path());
    if (route == null && segments.size() > 1 && !segments.get(1).isEmpty()) {
      List<String> named = new ArrayList<>(segments);
      named.set(1, RestRoute.NAMED);
      route = routes.get(request.method() + " " + String.join("/", named));
    }
    return route == null
        ? CompletableFuture.completedFuture(unknown(request))
        : route.serve(new RestRoute.Call(request, segments, calls));
  }

  @Override
  public Answer refusal(com.google.rpc.Status status, int httpStatus) {
    return RestErrors.answer(status, httpStatus);
  }

  private static Answer unknown(Request request) {
    return RestErrors.answer(
        GatewayProblems.ROUTE_NOT_FOUND.because(
            request.method()
                + " "
                + Text.quoteForMessage("/api/v1/" + request.path())
                + " (expected: a path that this version serves)"),
        404);
  }

  private static CompletableFuture<Answer> submit(RestRoute.Call call) {
    JsonObject body = RestJson.object(call.request().body());
    SubmitJobRequest.Builder job = RestSubmit.read(body);
    if (job.getIdempotencyKey().isEmpty()) {
      String given = call.request().idempotencyKey();
      job.setIdempotencyKey(given.isEmpty() ? call.parameter("idempotency_key") : given);
    }
    return call.calls()
        .call(CordumApiGrpc.getSubmitJobMethod(), job.build())
        .thenApply(CordumRest::submitted);
  }

  private static Answer submitted(SubmitJobResponse response) {
    JsonObject out = new JsonObject();
    out.addProperty("job_id", response.getJobId());
    out.addProperty("trace_id", response.getTraceId());
    if (response.getStatus().equals("approval_required")) {
      out.addProperty("status", response.getStatus());
      out.addProperty("reason", response.getReason());
    }
    return Answer.json(200, out.toString());
  }

  private static CompletableFuture<Answer> job(RestRoute.Call call) {
    String id = call.id();
    return call.calls()
        .call(JobServiceGrpc.getGetJobMethod(), GetJobRequest.newBuilder().setJobId(id).build())
        .thenCompose(found -> {
          JsonObject out = RestJobs.whole(found.getJob());
          return found.getJob().getState() == JobState.JOB_STATE_COMPLETED
              ? result(id, out, call.calls())
              : CompletableFuture.completedFuture(Answer.json(200, out.toString()));
        });
  }

  private static CompletableFuture<Answer> result(String id, JsonObject out, Calls calls) {
    return RestMemory.read("res", id, calls)
        .thenApply(read -> {
          RestJobs.addResult(out, read);
          return RestJson.answer(out);
        });
  }

  private static CompletableFuture<Answer> cancel(RestRoute.Call call) {
    String id = call.id();
    return call.calls()
        .call(
            JobServiceGrpc.getCancelJobMethod(), CancelJobRequest.newBuilder().setJobId(id).build())
        .thenApply(response -> {
          String state = RestJobs.state(response.getJob());
          boolean over = !response.getAccepted() && !state.equals("CANCELLED");
          if (over) {
            return RestErrors.answer(
                JobProblems.JOB_ALREADY_FINISHED.because("job is " + state), 409);
          }
          JsonObject out = new JsonObject();
          out.addProperty("id", id);
          out.addProperty("state", state);
          return Answer.json(200, out.toString());
        });
  }

  private static CompletableFuture<Answer> list(RestRoute.Call call) {
    ListJobsRequest.Builder list =
        RestJobs.list(call.parameter("state"))
            .setTopic(call.parameter("topic"))
            .setTenant(call.parameter("tenant"))
            .setPageSize(RestJson.limit(call))
            .setPageToken(call.parameter("cursor"));
    return call.calls()
        .call(JobServiceGrpc.getListJobsMethod(), list.build())
        .thenApply(page ->
            RestJson.page(
                page.getJobsList().stream().map(RestJobs::brief).toList(),
                page.getNextPageToken()));
  }

  /// As the remediation of that id says; without an id as the only one that is offered.
  private static CompletableFuture<Answer> remediate(RestRoute.Call call) {
    JsonObject body =
        RestJson.object(call.request().body(), Set.of("remediation_id", "prompt", "new_job_id"));
    RemediateJobRequest.Builder wish =
        RemediateJobRequest.newBuilder()
            .setJobId(call.id())
            .setRemediationId(RestJson.text(body, "remediation_id"))
            .setNewJobId(RestJson.text(body, "new_job_id"))
            .setIdempotencyKey(call.request().idempotencyKey());
    if (body.has("prompt")) {
      wish.setPayload(ByteString.copyFromUtf8(RestJson.text(body, "prompt")));
    }
    CompletableFuture<RemediateJobRequest> chosen =
        wish.getRemediationId().isEmpty()
            ? call.calls()
                .call(
                    JobServiceGrpc.getGetJobMethod(),
                    GetJobRequest.newBuilder().setJobId(call.id()).build())
                .thenApply(found -> wish.setRemediationId(only(found)).build())
            : CompletableFuture.completedFuture(wish.build());
    return chosen
        .thenCompose(
            request -> call.calls().call(ApprovalServiceGrpc.getRemediateJobMethod(), request))
        .thenApply(made -> RestJson.answer(RestJobs.submitted(made.getJob())));
  }

  private static String only(GetJobResponse found) {
    if (found.getRemediationsCount() != 1) {
      String ids =
          String.join(
              ", ",
              found.getRemediationsList().stream().map(Remediation::getId).limit(20).toList());
      throw GatewayProblems.REQUEST_INVALID
          .field("remediation_id", "", ids.isEmpty() ? "none is offered" : "one of " + ids)
          .toException();
    }
    return found.getRemediations(0).getId();
  }
}
