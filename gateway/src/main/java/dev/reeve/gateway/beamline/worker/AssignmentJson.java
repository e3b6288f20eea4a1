package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/// Assignments as JSON: bare, or in the envelope of one family of workers.
final class AssignmentJson {
  private static final int TEXT_LENGTH_MAX = 1_024;
  private static final String OPTIONS = "options";

  private AssignmentJson() {}

  /// The compact JSON. What it belongs to stands at the top once more, where some workers look.
  static Bytes write(WorkerAssignment assignment, boolean enveloped) {
    ExecJson bare = bare(assignment);
    return Bytes.utf8((enveloped ? Envelope.ASSIGN.around(bare) : bare).text());
  }

  private static ExecJson bare(WorkerAssignment a) {
    AssignmentOrder.Correlation belongs = a.correlation();
    return new ExecJson()
        .put("version", WorkerAssignment.VERSION)
        .put("assignment_id", a.assignmentId())
        .put("request_id", a.requestId())
        .put("tenant_id", a.tenantId())
        .put(
            "executor",
            new ExecJson()
                .put("provider_id", a.executor().providerId())
                .put("channel", a.executor().channel())
                .putGiven("endpoint", a.executor().endpoint()))
        .put("job", task(a.task()))
        .put(OPTIONS, options(a.options()))
        .putGiven("correlation", correlation(belongs))
        .put("decision", decision(a.decision()))
        .putGiven("metadata", new ExecJson().putAll(a.metadata()))
        .putGiven("trace_id", belongs.traceId())
        .putGiven("run_id", belongs.runId())
        .putGiven("flow_id", belongs.flowId())
        .putGiven("step_id", belongs.stepId());
  }

  private static ExecJson task(WorkerAssignment.Task task) {
    ExecJson job = new ExecJson().put("type", task.type());
    if (!task.payloadRef().isEmpty()) {
      return job.put("payload_ref", task.payloadRef());
    }
    task.payload().ifPresent(payload -> job.put("payload", payload));
    return job;
  }

  private static ExecJson options(WorkerAssignment.Options options) {
    return new ExecJson()
        .put("priority", options.priority())
        .put("deadline_ms", options.deadlineMs())
        .put(
            "retry",
            new ExecJson()
                .put("max_attempts", options.retryAttemptsMax())
                .put("backoff_ms", options.retryBackoffMs()))
        .putAll(options.others());
  }

  private static ExecJson correlation(AssignmentOrder.Correlation belongs) {
    return new ExecJson()
        .putGiven("trace_id", belongs.traceId())
        .putGiven("run_id", belongs.runId())
        .putGiven("flow_id", belongs.flowId())
        .putGiven("step_id", belongs.stepId())
        .putGiven("span_id", belongs.spanId())
        .putGiven("idempotency_key", belongs.idempotencyKey());
  }

  private static ExecJson decision(WorkerAssignment.Decision decision) {
    return new ExecJson()
        .put("provider_id", decision.providerId())
        .put("priority", decision.priority())
        .put("expected_latency_ms", decision.expectedLatencyMs())
        .put("expected_cost", decision.expectedCost())
        .put("reason", decision.reason())
        .put("metadata", decision.metadata());
  }

  /// Reads either form.
  ///
  /// @throws dev.reeve.base.ProblemException `WORKER_MESSAGE_INVALID`
  static WorkerAssignment read(Bytes message) {
    ExecMembers all = Envelope.ASSIGN.open(message);
    ExecMembers executor = all.members("executor");
    ExecMembers job = all.members("job");
    return new WorkerAssignment(
        text(all, "assignment_id"),
        text(all, "request_id"),
        text(all, "tenant_id"),
        new WorkerAssignment.Executor(
            text(executor, "provider_id"), text(executor, "channel"), text(executor, "endpoint")),
        new WorkerAssignment.Task(
            text(job, "type"), text(job, "payload_ref"), job.value("payload")),
        options(all.members(OPTIONS)),
        correlation(all, all.members("correlation")),
        decision(all.members("decision")),
        all.members("metadata").values());
  }

  private static WorkerAssignment.Options options(ExecMembers options) {
    Map<String, JsonValue> others = new LinkedHashMap<>(options.values());
    others.keySet().removeAll(AssignmentOptions.KNOWN);
    ExecMembers retry = options.members("retry");
    return new WorkerAssignment.Options(
        (int) options.integer("priority", 0),
        options.integer("deadline_ms", 0),
        (int) retry.integer("max_attempts", AssignmentOptions.ATTEMPTS_DEFAULT),
        retry.integer("backoff_ms", AssignmentOptions.BACKOFF_MS_DEFAULT),
        others);
  }

  private static AssignmentOrder.Correlation correlation(ExecMembers all, ExecMembers nested) {
    return new AssignmentOrder.Correlation(
        either(nested, all, "trace_id"),
        either(nested, all, "run_id"),
        either(nested, all, "flow_id"),
        either(nested, all, "step_id"),
        text(nested, "span_id"),
        text(nested, "idempotency_key"));
  }

  private static String either(ExecMembers nested, ExecMembers all, String name) {
    return nested.has(name) ? text(nested, name) : text(all, name);
  }

  private static WorkerAssignment.Decision decision(ExecMembers decision) {
    Map<String, String> metadata = new LinkedHashMap<>();
    ExecMembers given = decision.members("metadata");
    given.values().keySet().forEach(name -> metadata.put(name, text(given, name)));
    return new WorkerAssignment.Decision(
        text(decision, "provider_id"),
        (int) decision.integer("priority", 0),
        decision.integer("expected_latency_ms", 0),
        decision.real("expected_cost", 0),
        text(decision, "reason"),
        metadata);
  }

  private static String text(ExecMembers members, String name) {
    return members.text(name, TEXT_LENGTH_MAX);
  }
}
