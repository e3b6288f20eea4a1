package dev.reeve.gateway.eigen;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.optimizer.MappingAnswer;
import dev.reeve.service.optimizer.MappingDesk;
import dev.reeve.service.optimizer.MappingRequest;
import dev.reeve.service.optimizer.Objective;
import dev.reeve.wire.eigen.internal.v1.CircuitPayload;
import dev.reeve.wire.eigen.internal.v1.GraphEncodingContext;
import dev.reeve.wire.eigen.internal.v1.OptimizerRankingSemantics;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitResponse;
import dev.reeve.wire.eigen.internal.v1.TopologyContext;
import io.grpc.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Reads requests to map a circuit, and asks the desk. Never blocks; work whose caller has gone is
/// given up.
final class OptimizerCalls {
  private static final int TIMEOUT_MS_DEFAULT = 1_000;

  /// The one order in which candidates come.
  private static final List<String> ORDER =
      List.of("score.total_score desc", "confidence desc", "candidate_id asc");

  private final MappingDesk desk;

  OptimizerCalls(MappingDesk desk) {
    this.desk = desk;
  }

  CompletableFuture<OptimizerServiceOptimizeCircuitResponse> optimize(
      OptimizerServiceOptimizeCircuitRequest request) {
    CallGate.admit(CallScope.current(), CallEnvelope.NONE);
    CallGate.requireVersion(
        request.getEnvelope().getContractVersion(), "envelope.contract_version");
    AqoDocument document = document(request.getInputAqo());
    requireSame(request.getGraphEncoding(), document);
    requireOrder(request.getRankingSemantics());
    MappingRequest mapping =
        new MappingRequest(
            document,
            device(request.getTopology()),
            request.getTopology().getTopologyDigestSha256(),
            Objective.of(
                request.getObjective().getPreset(), request.getObjective().getWeightsMap()),
            request.getDeterministicSeed(),
            between("candidate_budget", request.getCandidateBudget(), 1, MappingRequest.BUDGET_MAX),
            Duration.ofMillis(
                between(
                    "timeout_ms",
                    request.getTimeoutMs(),
                    TIMEOUT_MS_DEFAULT,
                    (int) MappingRequest.TIMEOUT_MAX.toMillis())),
            request.hasPolicy() ? PolicyReader.policy(request.getPolicy()) : PolicyReader.none());
    return desk.map(mapping, Context.current()::isCancelled)
        .thenApply(answer -> response(request, mapping, answer));
  }

  private static OptimizerServiceOptimizeCircuitResponse response(
      OptimizerServiceOptimizeCircuitRequest request,
      MappingRequest mapping,
      MappingAnswer answer) {
    return new MappingReply(request, mapping, answer).response();
  }

  /// Absent is zero on the wire.
  private static int between(String field, int value, int absent, int most) {
    if (value == 0) {
      return absent;
    }
    if (value < 0 || value > most) {
      throw invalid(field, Integer.toUnsignedString(value), "1 to " + most);
    }
    return value;
  }

  private static AqoDocument document(CircuitPayload circuit) {
    Bytes bytes = Bytes.wrap(circuit.getData().toByteArray());
    try {
      return switch (circuit.getFormat()) {
        case CIRCUIT_FORMAT_AQO_JSON -> AqoReader.read(bytes, AqoLimits.DEFAULT);
        case CIRCUIT_FORMAT_AQO_PROTO -> AqoDecoder.decode(bytes);
        case CIRCUIT_FORMAT_QASM3_TEXT,
            CIRCUIT_FORMAT_BACKEND_NATIVE,
            CIRCUIT_FORMAT_UNSPECIFIED,
            UNRECOGNIZED ->
            throw GatewayProblems.CAPABILITY_NOT_YET
                .because("input_aqo.format " + circuit.getFormat() + " (expected: AQO)")
                .toException();
      };
    } catch (ProblemException e) {
      throw named(e.problem()).toException();
    }
  }

  /// A document that breaks the rules has a name of its own here.
  private static Problem named(Problem problem) {
    return problem.reason().equals("AQO_INVALID")
        ? new Problem(
            EigenProblems.EIGEN_OPT_INVALID_AQO,
            problem.message(),
            problem.detail(),
            problem.fields(),
            problem.metadata(),
            problem.retryAfter())
        : problem;
  }

  /// What the caller says about the document must hold.
  private static void requireSame(GraphEncodingContext graph, AqoDocument document) {
    requireOneOf("graph_encoding.encoding_version", graph.getEncodingVersion(), "aqo-graph-v1");
    requireOneOf("graph_encoding.canonical_format", graph.getCanonicalFormat(), "aqo-json");
    Map<String, String> said =
        Map.of(
            "graph_encoding.canonical_graph_json", graph.getCanonicalGraphJson(),
            "graph_encoding.canonical_sha256", graph.getCanonicalSha256());
    Map<String, String> is =
        Map.of(
            "graph_encoding.canonical_graph_json", document.canonical().utf8(),
            "graph_encoding.canonical_sha256", document.sha256());
    said.forEach((field, text) -> {
      if (!text.isEmpty() && !text.equals(is.get(field))) {
        throw EigenProblems.EIGEN_OPT_INVALID_AQO
            .field(field, text, "that of input_aqo in canonical form")
            .toException();
      }
    });
  }

  private static void requireOrder(OptimizerRankingSemantics ranking) {
    if (!ranking.getSortOrderList().isEmpty()
        && !ORDER
            .subList(0, Math.min(3, ranking.getSortOrderCount()))
            .equals(ranking.getSortOrderList())) {
      throw invalid(
          "ranking_semantics.sort_order",
          String.join(", ", ranking.getSortOrderList()),
          String.join(", ", ORDER));
    }
  }

  private static String device(TopologyContext topology) {
    String reference =
        topology.getTopologyRef().isEmpty()
            ? topology.getBackendProfile()
            : topology.getTopologyRef();
    if (reference.isEmpty()) {
      throw ServiceProblems.OPTIMIZER_TOPOLOGY_MISSING
          .because("topology.topology_ref: missing (expected: the name of a device)")
          .withField("topology.topology_ref", "expected: the name of a device")
          .toException();
    }
    return reference;
  }

  private static void requireOneOf(String field, String value, String only) {
    if (!value.isEmpty() && !value.equals(only)) {
      throw invalid(field, value, only);
    }
  }

  static ProblemException invalid(String field, String value, String expected) {
    return ServiceProblems.OPTIMIZER_REQUEST_INVALID.field(field, value, expected).toException();
  }

  /// The bytes of a document in the form in which the request had its own.
  static CircuitPayload payload(AqoDocument document, CircuitPayload like) {
    ByteString data =
        switch (like.getFormat()) {
          case CIRCUIT_FORMAT_AQO_PROTO -> AqoEncoder.encode(document).toByteString();
          case CIRCUIT_FORMAT_AQO_JSON,
              CIRCUIT_FORMAT_QASM3_TEXT,
              CIRCUIT_FORMAT_BACKEND_NATIVE,
              CIRCUIT_FORMAT_UNSPECIFIED,
              UNRECOGNIZED ->
              ByteString.copyFrom(document.canonical().unsafeArray());
        };
    return CircuitPayload.newBuilder().setFormat(like.getFormat()).setData(data).build();
  }
}
