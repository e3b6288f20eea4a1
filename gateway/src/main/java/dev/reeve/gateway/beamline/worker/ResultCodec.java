package dev.reeve.gateway.beamline.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.reeve.base.Bytes;
import dev.reeve.base.PlainNumbers;
import dev.reeve.base.ProblemException;
import dev.reeve.wire.beamline.worker.v1.ExecResult;
import dev.reeve.wire.beamline.worker.v1.Job;
import java.util.Optional;

/// Results of workers: protobuf, or JSON in any of its forms.
final class ResultCodec {
  private ResultCodec() {}

  /// Reads protobuf, and when it is none JSON.
  ///
  /// @throws ProblemException `WORKER_MESSAGE_INVALID`
  static WorkerResult read(Bytes message) {
    Optional<ExecResult> proto = proto(message);
    return checked(coded(proto.isPresent() ? ofProto(proto.get()) : ResultJson.read(message)));
  }

  /// Almost any bytes are protobuf of something; a result names what it is of and how it ended.
  private static Optional<ExecResult> proto(Bytes message) {
    if (message.isEmpty() || message.at(0) == '{') {
      return Optional.empty();
    }
    try {
      ExecResult result = ExecResult.parseFrom(message.unsafeArray());
      boolean named = !result.getAssignmentId().isEmpty() || !result.getRequestId().isEmpty();
      return named && !result.getStatus().isEmpty() ? Optional.of(result) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static WorkerResult ofProto(ExecResult result) {
    AssignmentOrder.Correlation belongs =
        new AssignmentOrder.Correlation(
            result.getTraceId(), result.getRunId(), result.getFlowId(), result.getStepId(), "", "");
    return new WorkerResult(
        result.getAssignmentId(),
        result.getRequestId(),
        ResultStatus.of(result.getStatus())
            .orElseThrow(() -> invalid("status", result.getStatus(), "a status of results")),
        result.getProviderId(),
        result.getJob().getType(),
        result.getJob().getMetadataMap(),
        result.getLatencyMs(),
        result.getCost(),
        belongs,
        result.getTenantId(),
        result.getTimestamp(),
        result.getErrorCode(),
        result.getErrorMessage(),
        output(result),
        result.getWorkerId(),
        result.getRetriesUsed(),
        0,
        0);
  }

  private static Optional<WorkerOutput> output(ExecResult result) {
    if (result.getOutput().isEmpty()) {
      return Optional.empty();
    }
    Bytes bytes = Bytes.wrap(result.getOutput().toByteArray());
    return Optional.of(
        result.getOutputContentType().isEmpty()
            ? WorkerOutput.ofUnnamed(bytes)
            : new WorkerOutput(result.getOutputContentType(), bytes));
  }

  /// The protobuf of the contract.
  static Bytes writeProto(WorkerResult result) {
    ExecResult.Builder out =
        ExecResult.newBuilder()
            .setAssignmentId(result.assignmentId())
            .setRequestId(result.requestId())
            .setStatus(result.status().wire())
            .setProviderId(result.providerId())
            .setJob(Job.newBuilder().setType(result.jobType()).putAllMetadata(result.jobMetadata()))
            .setLatencyMs(result.latencyMs())
            .setCost(result.cost())
            .setTraceId(result.correlation().traceId())
            .setTenantId(result.tenantId())
            .setTimestamp(result.timestampMs())
            .setErrorCode(result.errorCode())
            .setErrorMessage(result.errorMessage())
            .setRunId(result.correlation().runId())
            .setFlowId(result.correlation().flowId())
            .setStepId(result.correlation().stepId())
            .setWorkerId(result.workerId())
            .setRetriesUsed(result.retriesUsed());
    result
        .output()
        .ifPresent(output ->
            out.setOutput(com.google.protobuf.ByteString.copyFrom(output.bytes().unsafeArray()))
                .setOutputContentType(output.contentType()));
    return Bytes.wrap(out.build().toByteArray());
  }

  /// With its code by name. An error without a code has one that nobody knows, and no code may
  /// stand with a success: the contract calls both invalid.
  private static WorkerResult coded(WorkerResult result) {
    String code = ExecErrorCode.wire(result.errorCode());
    String said = code.equals(ExecErrorCode.NONE.name()) ? "" : code;
    return switch (result.status()) {
      case SUCCESS -> {
        require(said.isEmpty(), "error_code", said, "none with status success");
        yield result.withErrorCode("");
      }
      case ERROR -> result.withErrorCode(said.isEmpty() ? ExecErrorCode.UNKNOWN : said);
      case TIMEOUT, CANCELLED -> result.withErrorCode(said);
    };
  }

  /// What must hold in every form.
  private static WorkerResult checked(WorkerResult result) {
    require(
        !result.assignmentId().isEmpty() || !result.requestId().isEmpty(),
        "assignment_id",
        "",
        "it or request_id");
    requireLength("assignment_id", result.assignmentId());
    requireLength("request_id", result.requestId());
    requireLength("provider_id", result.providerId());
    requireLength("job.type", result.jobType());
    requireLength("worker_id", result.workerId());
    requireLength("error_code", result.errorCode());
    requireLength("tenant_id", result.tenantId());
    requireLength("trace_id", result.correlation().traceId());
    result.output().ifPresent(output -> requireLength("output_content_type", output.contentType()));
    require(result.latencyMs() >= 0, "latency_ms", Long.toString(result.latencyMs()), "at least 0");
    require(
        result.cost() >= 0 && result.cost() < Double.POSITIVE_INFINITY,
        "cost",
        PlainNumbers.text(result.cost()),
        "at least 0");
    require(
        result.inputTokens() >= 0 && result.outputTokens() >= 0, "metrics", "", "no fewer than 0");
    return result;
  }

  private static void requireLength(String field, String value) {
    require(value.length() <= WorkerResult.ID_LENGTH_MAX * 2, field, value, "at most 256");
  }

  private static void require(boolean holds, String field, String value, String expected) {
    if (!holds) {
      throw invalid(field, value, expected);
    }
  }

  private static ProblemException invalid(String field, String value, String expected) {
    return ExecProblems.WORKER_MESSAGE_INVALID.field(field, value, expected).toException();
  }
}
