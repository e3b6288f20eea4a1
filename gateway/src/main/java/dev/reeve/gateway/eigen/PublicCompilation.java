package dev.reeve.gateway.eigen;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.CircuitForm;
import dev.reeve.service.circuit.CircuitProgram;
import dev.reeve.service.circuit.CompiledProgram;
import dev.reeve.service.circuit.EigenSource;
import dev.reeve.wire.eigen.api.v1.CircuitFormat;
import dev.reeve.wire.eigen.api.v1.CircuitPayload;
import dev.reeve.wire.eigen.api.v1.CompileCircuitRequest;
import dev.reeve.wire.eigen.api.v1.CompileCircuitResponse;
import dev.reeve.wire.eigen.api.v1.CompileJobRequest;
import dev.reeve.wire.eigen.api.v1.CompileJobResponse;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitRequest;
import dev.reeve.wire.eigen.api.v1.OptimizeCircuitResponse;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitRequest;
import dev.reeve.wire.eigen.api.v1.ValidateCircuitResponse;
import io.grpc.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The compilation calls in the messages of `eigen.api.v1`. Never blocks; work for a caller that
/// has gone is given up.
final class PublicCompilation {
  private static final String METADATA = "request_metadata";

  /// The capability with which other languages and references come.
  private static final String CAPABILITY = "the quantum stack";

  /// The language of AQO messages, which are JSON from here on.
  private static final String MESSAGES = "aqo_proto";

  private final CircuitDesk desk;
  private final EigenLangCompilation eigenLang;

  PublicCompilation(CircuitDesk desk) {
    this.desk = desk;
    this.eigenLang = new EigenLangCompilation(desk);
  }

  CompletableFuture<CompileCircuitResponse> compile(CompileCircuitRequest request) {
    CallGate.admit(CallScope.current(), CallEnvelope.of(METADATA, request.getRequestMetadata()));
    requireSource(request.getSourceRef());
    if (EigenSource.isLanguage(request.getLanguage())) {
      return eigenLang
          .compile(request.getSource(), request.getOptionsMap(), request.getRequestMetadata())
          .thenApply(answer ->
              CompileCircuitResponse.newBuilder()
                  .setCircuit(answer.circuit())
                  .putAllMetadata(answer.metadata())
                  .build());
    }
    return compile(request.getLanguage(), request.getSource(), request.getOptionsMap())
        .thenApply(compiled ->
            CompileCircuitResponse.newBuilder()
                .setCircuit(circuit(compiled))
                .putAllMetadata(compiled.facts())
                .build());
  }

  CompletableFuture<CompileJobResponse> compileJob(CompileJobRequest request) {
    CallGate.Admitted admitted =
        CallGate.admit(
            CallScope.current(), CallEnvelope.of(METADATA, request.getRequestMetadata()));
    String jobId = CallGate.job(admitted.caller(), request.getJobId()).jobId();
    requireSource(request.getSourceRef());
    if (EigenSource.isLanguage(request.getLanguage())) {
      return eigenLang
          .compile(request.getSource(), request.getOptionsMap(), request.getRequestMetadata())
          .thenApply(answer ->
              CompileJobResponse.newBuilder()
                  .setJobId(jobId)
                  .setCircuit(answer.circuit())
                  .putAllMetadata(answer.metadata())
                  .build());
    }
    return compile(request.getLanguage(), request.getSource(), request.getOptionsMap())
        .thenApply(compiled ->
            CompileJobResponse.newBuilder()
                .setJobId(jobId)
                .setCircuit(circuit(compiled))
                .putAllMetadata(compiled.facts())
                .build());
  }

  CompletableFuture<OptimizeCircuitResponse> optimize(OptimizeCircuitRequest request) {
    CallGate.admit(CallScope.current(), CallEnvelope.NONE);
    CircuitPayload circuit = request.getCircuit();
    String language =
        switch (circuit.getFormat()) {
          case CIRCUIT_FORMAT_QASM3_TEXT -> "qasm3";
          case CIRCUIT_FORMAT_AQO_JSON -> "aqo_json";
          case CIRCUIT_FORMAT_AQO_PROTO -> MESSAGES;
          case CIRCUIT_FORMAT_BACKEND_NATIVE, CIRCUIT_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
              throw notYet("circuit.format " + circuit.getFormat());
        };
    return compile(language, circuit.getData(), request.getOptionsMap())
        .thenApply(compiled ->
            OptimizeCircuitResponse.newBuilder()
                .setCircuit(circuit(compiled))
                .putAllMetrics(compiled.measures())
                .build());
  }

  CompletableFuture<ValidateCircuitResponse> validate(ValidateCircuitRequest request) {
    CallGate.admit(CallScope.current(), CallEnvelope.of(METADATA, request.getRequestMetadata()));
    if (EigenSource.isLanguage(request.getLanguage())) {
      return eigenLang
          .check(request.getSource(), request.getRequestMetadata())
          .thenApply(valid -> ValidateCircuitResponse.newBuilder().setValid(valid).build());
    }
    return desk.check(
            program(request.getLanguage(), request.getSource()), Context.current()::isCancelled)
        .thenApply(valid -> ValidateCircuitResponse.newBuilder().setValid(valid).build());
  }

  private CompletableFuture<CompiledProgram> compile(
      String language, ByteString source, Map<String, String> options) {
    CircuitProgram program = program(language, source);
    CircuitForm form = language.equals(MESSAGES) ? CircuitForm.AQO_PROTO : program.form();
    return desk.compile(program, form, options, Context.current()::isCancelled);
  }

  private static CircuitProgram program(String language, ByteString source) {
    Bytes bytes = Bytes.wrap(source.toByteArray());
    return language.equals(MESSAGES) && !bytes.isEmpty()
        ? new CircuitProgram("aqo_json", AqoDecoder.decode(bytes).canonical())
        : new CircuitProgram(language, bytes);
  }

  private static CircuitPayload circuit(CompiledProgram compiled) {
    CircuitPayload.Builder circuit = CircuitPayload.newBuilder();
    ByteString text = ByteString.copyFrom(compiled.text().unsafeArray());
    return switch (compiled.form()) {
      case QASM3 ->
          circuit.setFormat(CircuitFormat.CIRCUIT_FORMAT_QASM3_TEXT).setData(text).build();
      case AQO_JSON ->
          circuit.setFormat(CircuitFormat.CIRCUIT_FORMAT_AQO_JSON).setData(text).build();
      case AQO_PROTO ->
          circuit
              .setFormat(CircuitFormat.CIRCUIT_FORMAT_AQO_PROTO)
              .setData(AqoEncoder.encode(compiled.text()).toByteString())
              .build();
    };
  }

  private static void requireSource(String reference) {
    if (List.of(reference.split("/", -1)).contains("..")) {
      throw EigenProblems.EIGEN_PUBLIC_VALIDATION_FAILED
          .field("source_ref", reference, "a reference without `..`")
          .toException();
    }
    if (!reference.isEmpty()) {
      throw notYet("source_ref");
    }
  }

  private static RuntimeException notYet(String what) {
    return GatewayProblems.CAPABILITY_NOT_YET
        .because(what + " comes with " + CAPABILITY)
        .with("capability", CAPABILITY)
        .toException();
  }
}
