package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Results as JSON: the contract's own, the enveloped one, and what single workers add.
final class ResultJson {
  private static final String VERSION = "1";
  private static final int TEXT_LENGTH_MAX = 1_024;

  private ResultJson() {}

  /// @throws dev.reeve.base.ProblemException `WORKER_MESSAGE_INVALID`
  static WorkerResult read(Bytes message) {
    ExecMembers all = Envelope.RESULT.open(message);
    ExecMembers job = jobOf(all);
    ExecMembers nested = all.members("correlation");
    ExecMembers result = resultOf(all);
    ExecMembers metrics = result.members("metrics");
    ExecMembers usage = objectOf(all, "usage");
    ExecMembers resultUsage = objectOf(result, "usage");
    String status = text(all, "status");
    return new WorkerResult(
        text(all, "assignment_id"),
        text(all, "request_id"),
        ResultStatus.of(status)
            .orElseThrow(() -> all.wrong("status", "success, error, timeout or cancelled")),
        text(all, "provider_id"),
        job.has("type") ? text(job, "type") : text(all, "job_type"),
        texts(job.members("metadata")),
        Math.round(all.real("latency_ms", metrics.real("latency_ms", 0))),
        all.real("cost", metrics.real("cost", 0)),
        new AssignmentOrder.Correlation(
            either(all, nested, "trace_id"),
            either(all, nested, "run_id"),
            either(all, nested, "flow_id"),
            either(all, nested, "step_id"),
            "",
            ""),
        text(all, "tenant_id"),
        timestamp(all),
        code(all),
        all.text(WorkerResult.MESSAGE_LENGTH_MAX, "error_message", "error", "message"),
        output(all, result),
        text(all, "worker_id"),
        Math.clamp(all.integer("retries_used", 0), 0, Integer.MAX_VALUE),
        tokens("input_tokens", "prompt_tokens", metrics, usage, resultUsage),
        tokens("output_tokens", "completion_tokens", metrics, usage, resultUsage));
  }

  /// Some workers name the type alone.
  private static ExecMembers jobOf(ExecMembers all) {
    boolean isText = all.value("job").filter(JsonValue.Text.class::isInstance).isPresent();
    return isText ? all.members("") : all.members("job");
  }

  /// Some workers put the output itself under the name.
  private static ExecMembers resultOf(ExecMembers all) {
    return objectOf(all, "result");
  }

  /// The object under a name; an empty one when something else is there.
  private static ExecMembers objectOf(ExecMembers all, String name) {
    boolean nested = all.value(name).filter(JsonValue.Members.class::isInstance).isPresent();
    return all.members(nested ? name : "");
  }

  /// A code by name, or by number with or without quotes.
  private static String code(ExecMembers all) {
    boolean isNumber =
        all.value("error_code").filter(JsonValue.Numeral.class::isInstance).isPresent();
    return isNumber ? Long.toString(all.integer("error_code", 0)) : text(all, "error_code");
  }

  private static Optional<WorkerOutput> output(ExecMembers all, ExecMembers result) {
    Optional<JsonValue> value =
        result
            .value("payload")
            .or(() -> all.value("output"))
            .or(() -> all.value("outputs"))
            .or(() -> all.value("payload"))
            .or(() -> all.value("result"));
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String encoding = all.members("metadata").text(WorkerOutput.ENCODING, TEXT_LENGTH_MAX);
    Optional<WorkerOutput> output = WorkerOutput.of(value.get(), encoding);
    if (output.isEmpty()) {
      throw all.wrong("output", "base64, as payload_encoding says");
    }
    return output;
  }

  private static long timestamp(ExecMembers all) {
    Optional<JsonValue> value = all.value("timestamp");
    if (value.isPresent() && value.get() instanceof JsonValue.Text text) {
      Optional<Instant> moment = instant(text.value());
      if (moment.isPresent()) {
        return moment.get().toEpochMilli();
      }
    }
    return all.integer("timestamp", 0);
  }

  static Optional<Instant> instant(String text) {
    try {
      Instant moment = Instant.parse(text);
      boolean isNear = Math.abs(moment.getEpochSecond()) < 1L << 40;
      return isNear ? Optional.of(moment) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Counted by the worker in its metrics, or by the provider in its usage; the first that says so.
  private static long tokens(String name, String alias, ExecMembers... places) {
    long said = 0;
    for (ExecMembers place : places) {
      said = said == 0 ? place.integer(name, place.integer(alias, 0)) : said;
    }
    return said;
  }

  private static Map<String, String> texts(ExecMembers object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .values()
        .forEach((name, value) ->
            texts.put(
                name, value instanceof JsonValue.Text text ? text.value() : JsonText.write(value)));
    return texts;
  }

  private static String either(ExecMembers all, ExecMembers nested, String name) {
    return all.has(name) ? text(all, name) : text(nested, name);
  }

  private static String text(ExecMembers members, String name) {
    return members.text(name, TEXT_LENGTH_MAX);
  }

  /// The contract's own form, with everything that is known of it.
  static Bytes write(WorkerResult r) {
    ExecJson job = new ExecJson().put("type", r.jobType());
    if (!r.jobMetadata().isEmpty()) {
      job.put("metadata", r.jobMetadata());
    }
    ExecJson out =
        new ExecJson()
            .put("version", VERSION)
            .putGiven("assignment_id", r.assignmentId())
            .putGiven("request_id", r.requestId())
            .put("status", r.status().wire())
            .put("provider_id", r.providerId())
            .put("job", job)
            .put("latency_ms", r.latencyMs())
            .put("cost", r.cost())
            .putGiven("trace_id", r.correlation().traceId())
            .putGiven("run_id", r.correlation().runId())
            .putGiven("flow_id", r.correlation().flowId())
            .putGiven("step_id", r.correlation().stepId())
            .putGiven("tenant_id", r.tenantId())
            .put("timestamp", r.timestampMs())
            .putGiven("error_code", r.errorCode())
            .putGiven("error_message", r.errorMessage())
            .putGiven("worker_id", r.workerId());
    if (r.retriesUsed() > 0) {
      out.put("retries_used", r.retriesUsed());
    }
    r.output().ifPresent(output -> put(out, output));
    return Bytes.utf8(out.text());
  }

  private static void put(ExecJson out, WorkerOutput output) {
    out.put("output", output.value());
    if (!output.encoding().isEmpty()) {
      out.put("metadata", Map.of(WorkerOutput.ENCODING, output.encoding()));
    }
  }
}
