package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.TraceIds;
import dev.reeve.service.RetryJob;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ReadMemoryResponse;
import java.util.List;

/// Jobs in the JSON of the contract's HTTP surface.
final class RestJobs {
  private RestJobs() {}

  /// The state in the words of the contract. Total.
  static String state(Job job) {
    return switch (job.getState()) {
      case JOB_STATE_PENDING, JOB_STATE_THROTTLED, JOB_STATE_COMPILING -> "PENDING";
      case JOB_STATE_AWAITING_APPROVAL -> "APPROVAL_REQUIRED";
      case JOB_STATE_QUEUED -> job.getAttempt() > 0 ? CordumStates.RETRYING : "SCHEDULED";
      case JOB_STATE_EXECUTING -> job.getStarted() ? "RUNNING" : "DISPATCHED";
      case JOB_STATE_REVIEWING -> "RUNNING";
      case JOB_STATE_COMPLETED -> "SUCCEEDED";
      case JOB_STATE_DENIED -> "DENIED";
      case JOB_STATE_QUARANTINED -> "OUTPUT_QUARANTINED";
      case JOB_STATE_FAILED -> "FAILED";
      case JOB_STATE_CANCELLED -> "CANCELLED";
      case JOB_STATE_TIMED_OUT -> "TIMEOUT";
      case JOB_STATE_UNSPECIFIED, UNRECOGNIZED -> CordumStates.UNKNOWN;
    };
  }

  /// A request for the jobs in the state that a word of the contract means; all of them for no
  /// word.
  static ListJobsRequest.Builder list(String word) {
    ListJobsRequest.Builder list = ListJobsRequest.newBuilder().addAllStates(states(word));
    return switch (word) {
      case "SCHEDULED" -> list.setAttempted(false);
      case CordumStates.RETRYING -> list.setAttempted(true);
      case "DISPATCHED" -> list.setStarted(false);
      case "RUNNING" -> list.setStarted(true);
      default -> list;
    };
  }

  private static List<JobState> states(String word) {
    return switch (word) {
      case "" -> List.of();
      case "PENDING" ->
          List.of(
              JobState.JOB_STATE_PENDING,
              JobState.JOB_STATE_THROTTLED,
              JobState.JOB_STATE_COMPILING);
      case "APPROVAL_REQUIRED" -> List.of(JobState.JOB_STATE_AWAITING_APPROVAL);
      case "SCHEDULED", CordumStates.RETRYING -> List.of(JobState.JOB_STATE_QUEUED);
      case "DISPATCHED" -> List.of(JobState.JOB_STATE_EXECUTING);
      case "RUNNING" -> List.of(JobState.JOB_STATE_EXECUTING, JobState.JOB_STATE_REVIEWING);
      case "SUCCEEDED" -> List.of(JobState.JOB_STATE_COMPLETED);
      case "DENIED" -> List.of(JobState.JOB_STATE_DENIED);
      case "OUTPUT_QUARANTINED" -> List.of(JobState.JOB_STATE_QUARANTINED);
      case "FAILED" -> List.of(JobState.JOB_STATE_FAILED);
      case "CANCELLED" -> List.of(JobState.JOB_STATE_CANCELLED);
      case "TIMEOUT" -> List.of(JobState.JOB_STATE_TIMED_OUT);
      default ->
          throw GatewayProblems.REQUEST_INVALID
              .field("state", word, "a state of the contract such as RUNNING")
              .toException();
    };
  }

  /// What policy decided at the submit, such as `REQUIRE_APPROVAL`.
  static String decision(Job job) {
    return job.getPolicy().getDecision().name().substring("POLICY_DECISION_".length());
  }

  /// What came of a submit, as the contract answers it.
  static JsonObject submitted(Job job) {
    JsonObject out = new JsonObject();
    out.addProperty("job_id", job.getJobId());
    out.addProperty("trace_id", TraceIds.uuidText(job.getTraceId()));
    if (job.getState() == JobState.JOB_STATE_AWAITING_APPROVAL) {
      out.addProperty("status", "approval_required");
      out.addProperty("reason", job.getPolicy().getReason());
    }
    return out;
  }

  /// The job of which this one is a retry; empty when it is none.
  static String retryOf(Job job) {
    return job.getLabelsOrDefault(RetryJob.FIRST_LABEL, "");
  }

  static JsonObject brief(Job job) {
    JsonObject out = new JsonObject();
    out.addProperty("id", job.getJobId());
    out.addProperty("state", state(job));
    out.addProperty("topic", job.getTopic());
    out.addProperty("tenant", job.getTenant());
    out.addProperty("updated_at", Timestamps.toMicros(job.getUpdatedAt()));
    out.addProperty("created_at", Timestamps.toMicros(job.getCreatedAt()));
    out.addProperty("attempts", job.getAttempt());
    out.addProperty("worker_id", job.getWorkerId());
    return out;
  }

  static JsonObject whole(Job job) {
    JsonObject out = brief(job);
    out.addProperty("trace_id", TraceIds.uuidText(job.getTraceId()));
    out.addProperty("context_ptr", "redis://ctx:" + job.getJobId());
    boolean readable =
        job.getState() == JobState.JOB_STATE_COMPLETED
            || (job.getState() == JobState.JOB_STATE_QUARANTINED && job.hasResult());
    out.addProperty("result_ptr", readable ? "redis://res:" + job.getJobId() : "");
    JsonObject labels = new JsonObject();
    job.getLabelsMap().forEach(labels::addProperty);
    out.add("labels", labels);
    out.addProperty("principal_id", job.getPrincipal());
    out.addProperty("progress", Math.round(job.getProgress() * 100));
    out.addProperty("message", job.getMessage());
    if (job.hasError()) {
      out.addProperty("error_code", job.getError().getCode());
      out.addProperty("error_message", job.getError().getMessage());
      if (job.getError().getFatal()) {
        out.addProperty("error_status", "FAILED_FATAL");
      }
    }
    if (job.hasPolicy()) {
      out.addProperty("safety_decision", decision(job));
      out.addProperty("safety_reason", job.getPolicy().getReason());
      out.addProperty("safety_rule_id", job.getPolicy().getRuleId());
      out.addProperty("safety_snapshot", job.getPolicy().getSnapshot());
    }
    return out;
  }

  static void addResult(JsonObject out, ReadMemoryResponse read) {
    JsonObject views = new JsonObject();
    addViews(views, read);
    if (views.has("json")) {
      out.add("result", views.get("json"));
    } else if (views.has("text")) {
      out.add("result", views.get("text"));
    }
  }

  /// The bytes as JSON or text, when they are such.
  static void addViews(JsonObject out, ReadMemoryResponse read) {
    String type = read.getContentType();
    if (read.getContent().isEmpty() || type.equals("application/octet-stream")) {
      return;
    }
    String text = read.getContent().toStringUtf8();
    out.addProperty("text", text);
    if (type.equals("application/json")) {
      try {
        out.add("json", JsonParser.parseString(text));
      } catch (JsonParseException e) {
        // It only begins like JSON: the text says all.
      }
    }
  }
}
