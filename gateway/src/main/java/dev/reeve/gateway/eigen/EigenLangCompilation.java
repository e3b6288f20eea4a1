package dev.reeve.gateway.eigen;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.CallScope;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.EigenContext;
import dev.reeve.service.circuit.EigenPrograms;
import dev.reeve.service.circuit.EigenSource;
import dev.reeve.wire.eigen.api.v1.CircuitFormat;
import dev.reeve.wire.eigen.api.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.RequestMetadata;
import io.grpc.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Compilation of programs in Eigen-Lang, whose output is an AQO document. Never blocks.
final class EigenLangCompilation {
  private static final String SANDBOX_HEADER = "x-eigen-sandbox-profile";
  private static final int NANOS_DIGITS = 9;

  private final CircuitDesk desk;

  EigenLangCompilation(CircuitDesk desk) {
    this.desk = desk;
  }

  /// What a compile gives back.
  record Answer(CircuitPayload circuit, Map<String, String> metadata) {
    /// The same, of a source that was had by a reference.
    Answer from(String reference) {
      Map<String, String> facts = new TreeMap<>(metadata);
      facts.put("source_precedence", "source_ref");
      facts.put("source_ref", reference);
      return new Answer(circuit, facts);
    }
  }

  CompletableFuture<Answer> compile(
      Bytes source,
      boolean referred,
      Map<String, String> options,
      EigenContext context,
      CancelSignal cancel) {
    Form form = Form.of(options.getOrDefault("format", ""));
    EigenSource given = EigenSource.of(source, options, context);
    return desk.compile(referred ? given.byReference() : given, cancel)
        .thenApply(compiled -> new Answer(form.payload(compiled), compiled.facts()));
  }

  CompletableFuture<Boolean> check(ByteString source, RequestMetadata metadata) {
    return desk.check(
        EigenSource.of(Bytes.wrap(source.toByteArray()), Map.of(), context(metadata)),
        Context.current()::isCancelled);
  }

  /// Who asks and how, as the call of this thread says.
  static EigenContext context(RequestMetadata metadata) {
    Map<String, String> values = new HashMap<>();
    values.put("deadline", metadata.hasDeadline() ? text(metadata.getDeadline()) : "");
    values.put("project_id", metadata.getProjectId());
    values.put("request_id", metadata.getRequestId());
    values.put("retry_policy", metadata.getRetryPolicy());
    values.put("sandbox_profile", CallScope.current().header(SANDBOX_HEADER));
    values.put("security_context", metadata.getSecurityContext());
    values.put("tenant_id", metadata.getTenantId());
    values.put("trace_id", metadata.getTraceId());
    values.put("traceparent", metadata.getTraceparent());
    return EigenContext.of(values);
  }

  /// Seconds with a fraction where there is one, as durations are written in JSON.
  private static String text(Duration duration) {
    if (duration.getNanos() == 0) {
      return duration.getSeconds() + "s";
    }
    String nanos = Integer.toString(duration.getNanos());
    String fraction = "0".repeat(Math.max(0, NANOS_DIGITS - nanos.length())) + nanos;
    return duration.getSeconds() + "." + fraction.replaceFirst("0+$", "") + "s";
  }

  /// The forms in which a circuit is handed over.
  private enum Form {
    AQO_JSON,
    QASM3;

    static Form of(String word) {
      return switch (word) {
        case "", "aqo_json" -> AQO_JSON;
        case "qasm3" -> QASM3;
        default ->
            throw ServiceProblems.COMPILE_OPTION_INVALID
                .field("options.format", word, "aqo_json or qasm3")
                .toException();
      };
    }

    CircuitPayload payload(EigenPrograms.Compiled compiled) {
      return switch (this) {
        case AQO_JSON ->
            payload(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON, compiled.document().canonical());
        case QASM3 -> payload(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT, compiled.qasm());
      };
    }

    private static CircuitPayload payload(CircuitFormat format, Bytes data) {
      return CircuitPayload.newBuilder()
          .setFormat(format)
          .setData(ByteString.copyFrom(data.unsafeArray()))
          .build();
    }
  }
}
