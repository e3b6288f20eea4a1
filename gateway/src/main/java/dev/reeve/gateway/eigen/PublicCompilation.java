package dev.reeve.gateway.eigen;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.service.Caller;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.CircuitForm;
import dev.reeve.service.circuit.CircuitProgram;
import dev.reeve.service.circuit.CompiledProgram;
import dev.reeve.service.circuit.EigenContext;
import dev.reeve.service.circuit.EigenSource;
import dev.reeve.service.circuit.QfsPrograms;
import dev.reeve.service.circuit.QfsRef;
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
import dev.reeve.wire.eigen.internal.v1.RequestMetadata;
import io.grpc.Context;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The compilation calls in the messages of `eigen.api.v1`. Never blocks; work for a caller that
/// has gone is given up.
final class PublicCompilation {
  private static final String METADATA = "request_metadata";
  private static final String REFERENCE = "source_ref";

  /// The capability with which other languages come.
  private static final String CAPABILITY = "the quantum stack";

  /// The language of AQO messages, which are JSON from here on.
  private static final String MESSAGES = "aqo_proto";

  private final CircuitDesk desk;
  private final QfsPrograms references;
  private final EigenLangCompilation eigenLang;

  PublicCompilation(CircuitDesk desk, QfsPrograms references) {
    this.desk = desk;
    this.references = references;
    this.eigenLang = new EigenLangCompilation(desk);
  }

  CompletableFuture<CompileCircuitResponse> compile(CompileCircuitRequest request) {
    Caller caller = admitted(request.getRequestMetadata());
    return compile(
            caller,
            new Input(request.getLanguage(), request.getSource(), request.getSourceRef()),
            request.getOptionsMap(),
            request.getRequestMetadata())
        .thenApply(answer ->
            CompileCircuitResponse.newBuilder()
                .setCircuit(answer.circuit())
                .putAllMetadata(answer.metadata())
                .build());
  }

  CompletableFuture<CompileJobResponse> compileJob(CompileJobRequest request) {
    Caller caller = admitted(request.getRequestMetadata());
    String jobId = CallGate.job(caller, request.getJobId()).jobId();
    return compile(
            caller,
            new Input(request.getLanguage(), request.getSource(), request.getSourceRef()),
            request.getOptionsMap(),
            request.getRequestMetadata())
        .thenApply(answer ->
            CompileJobResponse.newBuilder()
                .setJobId(jobId)
                .setCircuit(answer.circuit())
                .putAllMetadata(answer.metadata())
                .build());
  }

  private static Caller admitted(RequestMetadata metadata) {
    return CallGate.admit(CallScope.current(), CallEnvelope.of(METADATA, metadata)).caller();
  }

  /// A program to compile, as received.
  ///
  /// @param reference to the program of a job; what is here as text comes before it
  private record Input(String language, ByteString source, String reference) {}

  private CompletableFuture<EigenLangCompilation.Answer> compile(
      Caller caller, Input input, Map<String, String> options, RequestMetadata metadata) {
    EigenContext context = EigenLangCompilation.context(metadata);
    CancelSignal cancel = Context.current()::isCancelled;
    String reference = input.reference();
    if (reference.isEmpty() || !input.source().isEmpty()) {
      if (!reference.isEmpty()) {
        QfsRef _ = QfsRef.read(REFERENCE, reference);
      }
      return compile(
          input.language(),
          Bytes.wrap(input.source().toByteArray()),
          false,
          options,
          context,
          cancel);
    }
    return references
        .find(caller.tenant(), REFERENCE, reference, cancel)
        .thenCompose(found ->
            compile(
                input.language().isEmpty() ? found.language() : input.language(),
                found.content(),
                true,
                options,
                context,
                cancel))
        .thenApply(answer -> answer.from(reference));
  }

  private CompletableFuture<EigenLangCompilation.Answer> compile(
      String language,
      Bytes source,
      boolean referred,
      Map<String, String> options,
      EigenContext context,
      CancelSignal cancel) {
    if (EigenSource.isLanguage(language)) {
      return eigenLang.compile(source, referred, options, context, cancel);
    }
    return compile(language, source, options, cancel)
        .thenApply(
            compiled -> new EigenLangCompilation.Answer(circuit(compiled), compiled.facts()));
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
    return compile(
            language,
            Bytes.wrap(circuit.getData().toByteArray()),
            request.getOptionsMap(),
            Context.current()::isCancelled)
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
            program(request.getLanguage(), Bytes.wrap(request.getSource().toByteArray())),
            Context.current()::isCancelled)
        .thenApply(valid -> ValidateCircuitResponse.newBuilder().setValid(valid).build());
  }

  private CompletableFuture<CompiledProgram> compile(
      String language, Bytes source, Map<String, String> options, CancelSignal cancel) {
    CircuitProgram program = program(language, source);
    CircuitForm form = language.equals(MESSAGES) ? CircuitForm.AQO_PROTO : program.form();
    return desk.compile(program, form, options, cancel);
  }

  private static CircuitProgram program(String language, Bytes source) {
    return language.equals(MESSAGES) && !source.isEmpty()
        ? new CircuitProgram("aqo_json", AqoDecoder.decode(source).canonical())
        : new CircuitProgram(language, source);
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

  private static RuntimeException notYet(String what) {
    return GatewayProblems.CAPABILITY_NOT_YET
        .because(what + " comes with " + CAPABILITY)
        .with("capability", CAPABILITY)
        .toException();
  }
}
