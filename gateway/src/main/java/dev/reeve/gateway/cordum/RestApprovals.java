package dev.reeve.gateway.cordum;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.reeve.engine.EngineProblems;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.gateway.RestApi.CallRefused;
import dev.reeve.gateway.TraceIds;
import dev.reeve.job.JobProblems;
import dev.reeve.policy.PolicyProblems;
import dev.reeve.wire.reeve.v1.Approval;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobResponse;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResponse;
import dev.reeve.wire.reeve.v1.HeldJob;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// Jobs that wait for a person, on the contract's HTTP surface (section 3.4).
final class RestApprovals {
  /// What the contract calls a refusal to decide, by our code. All of them are conflicts but the
  /// last.
  private static final Map<String, String> CODES =
      Map.of(
          JobProblems.APPROVAL_ALREADY_RESOLVED.reason(), "approval_already_resolved",
          JobProblems.JOB_NOT_HELD.reason(), "approval_not_actionable",
          PolicyProblems.APPROVAL_NOT_ACTIONABLE.reason(), "approval_not_actionable",
          PolicyProblems.APPROVAL_STALE_REQUEST.reason(), "approval_stale_request",
          PolicyProblems.APPROVAL_STALE_SNAPSHOT.reason(), "approval_stale_snapshot",
          PolicyProblems.SELF_APPROVAL_DENIED.reason(), RestApprovals.SELF_APPROVAL_DENIED);

  private static final String SELF_APPROVAL_DENIED = "self_approval_denied";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int CONFLICT = 409;
  private static final int FORBIDDEN = 403;

  private final InstantSource clock;

  RestApprovals(InstantSource clock) {
    this.clock = clock;
  }

  Map<String, RestRoute> routes() {
    return Map.of(
        "GET approvals",
        RestApprovals::list,
        "GET approvals/{id}/context",
        this::context,
        "POST approvals/{id}/approve",
        call -> inTheirWords(approve(call)),
        "POST approvals/{id}/reject",
        call -> inTheirWords(reject(call)));
  }

  private static CompletableFuture<Answer> list(RestRoute.Call call) {
    if (call.parameter("include_resolved").equals("true")) {
      throw GatewayProblems.REQUEST_INVALID
          .field("include_resolved", "true", "false; jobs/{id}/decisions has what was decided")
          .toException();
    }
    ListApprovalsRequest request =
        ListApprovalsRequest.newBuilder()
            .setTenant(call.parameter("tenant"))
            .setPageSize(RestJson.limit(call))
            .setPageToken(call.parameter("cursor"))
            .build();
    return call.calls()
        .call(ApprovalServiceGrpc.getListApprovalsMethod(), request)
        .thenApply(page ->
            RestJson.page(
                page.getJobsList().stream()
                    .map(job ->
                        pending(
                            job,
                            page.getHeldOrDefault(job.getJobId(), HeldJob.getDefaultInstance())))
                    .toList(),
                page.getNextPageToken()));
  }

  /// What is known of a job that somebody must decide about, or had to.
  private CompletableFuture<Answer> context(RestRoute.Call call) {
    GetJobRequest get = GetJobRequest.newBuilder().setJobId(call.id()).build();
    ExplainJobRequest why = ExplainJobRequest.newBuilder().setJobId(call.id()).build();
    return call.calls()
        .call(JobServiceGrpc.getGetJobMethod(), get)
        .thenCompose(found ->
            call.calls()
                .call(JobServiceGrpc.getExplainJobMethod(), why)
                .thenCompose(explained -> withInput(call, context(call.id(), found, explained))))
        .thenApply(RestJson::answer);
  }

  private JsonObject context(String id, GetJobResponse found, ExplainJobResponse explained) {
    Job job = found.getJob();
    JsonObject out =
        found.hasHeld()
            ? pending(job, found.getHeld())
            : resolved(job, explained).orElseThrow(() -> neverHeld(id));
    JsonObject approval = new JsonObject();
    approval.addProperty("source", "policy_only");
    approval.addProperty("title", job.getTopic());
    approval.addProperty("why", job.getPolicy().getReason());
    out.add("approval", approval);
    JsonObject policy = new JsonObject();
    policy.addProperty("snapshot", job.getPolicy().getSnapshot());
    policy.addProperty("rule_id", job.getPolicy().getRuleId());
    policy.addProperty("decision", RestJobs.decision(job));
    out.add("policy_snapshot_summary", policy);
    out.add("time_remaining_ms", JsonNull.INSTANCE);
    if (found.getHeld().hasExpiresAt()) {
      long expires = RestJson.micros(found.getHeld().getExpiresAt()) / 1000;
      out.addProperty("time_remaining_ms", Math.max(0, expires - clock.millis()));
    }
    out.addProperty("context_ptr", "redis://ctx:" + id);
    out.add(
        "remediations",
        RestJson.texts(found.getRemediationsList().stream().map(one -> one.getId()).toList()));
    return out;
  }

  /// The input beside the rest. Who may decide and not read it decides without.
  private static CompletableFuture<JsonObject> withInput(RestRoute.Call call, JsonObject out) {
    JsonObject approval = out.getAsJsonObject("approval");
    return RestMemory.read("ctx", call.id(), call.calls())
        .thenApply(read -> {
          JsonObject views = new JsonObject();
          RestJobs.addViews(views, read);
          approval.addProperty("context_status", views.isEmpty() ? "absent" : "available");
          if (!views.isEmpty()) {
            out.add("job_input", views.has("json") ? views.get("json") : views.get("text"));
          }
          return out;
        })
        .exceptionallyCompose(failure -> {
          approval.addProperty("context_status", "unavailable");
          return RestErrors.refusal(failure).isPresent()
              ? CompletableFuture.completedFuture(out)
              : CompletableFuture.failedFuture(failure);
        });
  }

  private static RuntimeException neverHeld(String id) {
    return EngineProblems.JOB_NOT_FOUND
        .because("job: no person has to decide about it")
        .with("job_id", id)
        .toException();
  }

  private static JsonObject pending(Job job, HeldJob held) {
    JsonObject out = standing(job, "pending", "actionable");
    out.addProperty("approval_required", true);
    out.addProperty("approval_ref", job.getJobId());
    out.addProperty("approval_revision", held.getApprovedByCount());
    out.addProperty("job_hash", held.getRequestHash());
    out.addProperty("approvals_needed", held.getApprovalsNeeded());
    out.add("approved_by", RestJson.texts(held.getApprovedByList()));
    if (held.hasExpiresAt()) {
      out.addProperty("expires_at", RestJson.micros(held.getExpiresAt()));
    }
    return out;
  }

  private static Optional<JsonObject> resolved(Job job, ExplainJobResponse explained) {
    if (explained.hasApproval()) {
      Approval approval = explained.getApproval();
      JsonObject out = standing(job, "approved", "resolved");
      out.addProperty("approval_decision", "approve");
      out.addProperty("resolved_by", approval.getPrincipal());
      out.addProperty("resolved_comment", approval.getComment());
      out.addProperty("resolved_at", RestJson.micros(approval.getTime()));
      return Optional.of(out);
    }
    return switch (job.getError().getCode()) {
      case JobProblems.APPROVAL_REJECTED -> Optional.of(ended(job, "rejected", "resolved"));
      case JobProblems.APPROVAL_EXPIRED -> Optional.of(ended(job, "expired", "expired"));
      default -> Optional.empty();
    };
  }

  private static JsonObject ended(Job job, String status, String actionability) {
    JsonObject out = standing(job, status, actionability);
    out.addProperty("resolved_comment", job.getError().getMessage());
    out.addProperty("resolved_at", RestJson.micros(job.getFinishedAt()));
    return out;
  }

  private static JsonObject standing(Job job, String status, String actionability) {
    JsonObject out = new JsonObject();
    out.add("job", RestJobs.brief(job));
    out.addProperty("decision", RestJobs.decision(job));
    out.addProperty("policy_snapshot", job.getPolicy().getSnapshot());
    out.addProperty("policy_rule_id", job.getPolicy().getRuleId());
    out.addProperty("policy_reason", job.getPolicy().getReason());
    out.addProperty("approval_status", status);
    out.addProperty("approval_actionability", actionability);
    return out;
  }

  private static CompletableFuture<Answer> approve(RestRoute.Call call) {
    JsonObject body =
        RestJson.object(
            call.request().body(), Set.of("reason", "note", "job_hash", "principal_id"));
    ApproveJobRequest request =
        ApproveJobRequest.newBuilder()
            .setJobId(call.id())
            .setComment(comment(body))
            .setRequestHash(hash(body))
            .setPrincipalId(RestJson.text(body, "principal_id"))
            .build();
    return call.calls()
        .call(ApprovalServiceGrpc.getApproveJobMethod(), request)
        .thenApply(approved -> {
          JsonObject out = decided(approved.getJob());
          out.addProperty("remaining_approvals", approved.getRemainingApprovals());
          return RestJson.answer(out);
        });
  }

  private static CompletableFuture<Answer> reject(RestRoute.Call call) {
    JsonObject body =
        RestJson.object(call.request().body(), Set.of("reason", "note", "principal_id"));
    RejectJobRequest request =
        RejectJobRequest.newBuilder()
            .setJobId(call.id())
            .setReason(comment(body))
            .setPrincipalId(RestJson.text(body, "principal_id"))
            .build();
    return call.calls()
        .call(ApprovalServiceGrpc.getRejectJobMethod(), request)
        .thenApply(rejected -> RestJson.answer(decided(rejected.getJob())));
  }

  private static JsonObject decided(Job job) {
    JsonObject out = new JsonObject();
    out.addProperty("job_id", job.getJobId());
    out.addProperty("trace_id", TraceIds.uuidText(job.getTraceId()));
    out.addProperty("state", RestJobs.state(job));
    return out;
  }

  private static String hash(JsonObject body) {
    String hash = RestJson.text(body, "job_hash");
    if (!hash.isEmpty() && !HASH.matcher(hash).matches()) {
      throw GatewayProblems.REQUEST_INVALID
          .field("job_hash", hash, "64 digits of lower-case hex")
          .toException();
    }
    return hash;
  }

  private static String comment(JsonObject body) {
    List<String> said = List.of(RestJson.text(body, "reason"), RestJson.text(body, "note"));
    return String.join("; ", said.stream().filter(text -> !text.isEmpty()).toList());
  }

  /// Refusals with the codes of the contract, and ours beside them.
  private static CompletableFuture<Answer> inTheirWords(CompletableFuture<Answer> answer) {
    return answer.exceptionallyCompose(failure -> {
      Optional<CallRefused> refused = RestErrors.refusal(failure);
      String ours = refused.map(one -> RestErrors.code(one.status())).orElse("");
      String code = CODES.get(ours);
      if (refused.isEmpty() || code == null) {
        return CompletableFuture.failedFuture(failure);
      }
      int status = code.equals(SELF_APPROVAL_DENIED) ? FORBIDDEN : CONFLICT;
      Map<String, String> codes = new HashMap<>();
      codes.put("code", code);
      codes.put("reason", ours);
      return CompletableFuture.completedFuture(
          RestErrors.answer(refused.get().status(), status, codes));
    });
  }
}
