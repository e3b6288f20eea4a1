package dev.reeve.gateway.eigen;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.wire.eigen.api.v1.AqoCircuit;
import dev.reeve.wire.eigen.api.v1.AqoOp;
import dev.reeve.wire.eigen.api.v1.AqoOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads documents from messages. A message is turned into what it would be in JSON and then held
/// to the same rules, so that both forms are refused for the same reasons in the same words.
final class AqoDecoder {
  private static final String OP_PREFIX = "AQO_OP_";

  private final Map<String, String> exactNumbers;

  private AqoDecoder(Map<String, String> exactNumbers) {
    this.exactNumbers = new HashMap<>(exactNumbers);
  }

  /// Reads the bytes of an `AqoCircuit`.
  ///
  /// @throws ProblemException `AQO_INVALID`, `AQO_VERSION_UNSUPPORTED`, `AQO_LIMIT_EXCEEDED`
  static AqoDocument decode(Bytes bytes) {
    AqoLimits limits = AqoLimits.DEFAULT;
    if (bytes.size() > limits.bytesMax()) {
      throw QuantumProblems.AQO_LIMIT_EXCEEDED
          .field("aqo", bytes.size() + " bytes", "at most " + limits.bytesMax())
          .toException();
    }
    try {
      AqoCircuit circuit = AqoCircuit.parseFrom(bytes.unsafeArray());
      AqoValue json = new AqoDecoder(circuit.getExactNumbersMap()).document(circuit);
      return AqoReader.read(Bytes.utf8(json.canonical()), limits);
    } catch (InvalidProtocolBufferException _) {
      throw invalid("aqo", "not an AqoCircuit", "the bytes of eigen.api.v1.AqoCircuit");
    } catch (ProblemException e) {
      Problem problem = e.problem();
      // Lines of a text that nobody wrote.
      throw new Problem(
              problem.code(),
              problem.message(),
              problem.detail(),
              problem.fields(),
              Map.of(),
              problem.retryAfter())
          .toException();
    }
  }

  private AqoValue document(AqoCircuit circuit) {
    requireKnown("aqo", circuit);
    Map<String, AqoValue> members = new HashMap<>();
    members.put("version", words("version", circuit.getVersion()));
    members.put("qubits", new AqoValue.Whole(Integer.toUnsignedLong(circuit.getQubits())));
    members.put("operations", operations("operations", circuit.getOperationsList()));
    if (circuit.getEmptyParameters() || circuit.getParametersCount() > 0) {
      Map<String, AqoValue> parameters = new HashMap<>();
      circuit
          .getParametersMap()
          .forEach((name, value) -> parameters.put(name, argument("parameters." + name, value)));
      members.put("parameters", AqoValue.Members.of(parameters));
    }
    if (circuit.hasMetadata()) {
      members.put("metadata", struct("/metadata", circuit.getMetadata()));
    }
    if (circuit.hasChecksums()) {
      members.put("checksums", struct("/checksums", circuit.getChecksums()));
    }
    if (circuit.hasTopology()) {
      members.put("topology", struct("/topology", circuit.getTopology()));
    }
    if (circuit.hasAnnotations()) {
      members.put("annotations", struct("/annotations", circuit.getAnnotations()));
    }
    if (!exactNumbers.isEmpty()) {
      String path = exactNumbers.keySet().iterator().next();
      throw invalid("exact_numbers", path, "the path of a number");
    }
    return AqoValue.Members.of(members);
  }

  private AqoValue operations(String path, List<AqoOperation> operations) {
    List<AqoValue> values = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      values.add(operation(path + "[" + i + "]", operations.get(i)));
    }
    return new AqoValue.Elements(values);
  }

  /// Every field that is set becomes a member, so that one too many is noticed.
  private AqoValue operation(String path, AqoOperation operation) {
    requireKnown(path, operation);
    AqoOp op = operation.getOp();
    if (op == AqoOp.AQO_OP_UNSPECIFIED || op == AqoOp.UNRECOGNIZED) {
      throw invalid(path + ".op", Integer.toString(operation.getOpValue()), "an operation");
    }
    Map<String, AqoValue> members = new HashMap<>();
    members.put("op", new AqoValue.Words(op.name().substring(OP_PREFIX.length())));
    if (operation.getQCount() > 0) {
      members.put("q", indexes(operation.getQList()));
    }
    if (operation.getCCount() > 0) {
      members.put("c", indexes(operation.getCList()));
    }
    if (!operation.getBasis().isEmpty()) {
      members.put("basis", words(path + ".basis", operation.getBasis()));
    }
    params(path, operation, members);
    boolean decides = op == AqoOp.AQO_OP_IF || op == AqoOp.AQO_OP_WHILE;
    if (decides || operation.getValue() != 0) {
      members.put("value", new AqoValue.Whole(operation.getValue()));
    }
    if (operation.getCount() != 0) {
      members.put(
          op == AqoOp.AQO_OP_WHILE ? "max" : "count",
          new AqoValue.Whole(Integer.toUnsignedLong(operation.getCount())));
    }
    if (operation.getBodyCount() > 0) {
      String name = op == AqoOp.AQO_OP_IF ? "then" : "body";
      members.put(name, operations(path + "." + name, operation.getBodyList()));
    }
    if (operation.getOtherwiseCount() > 0) {
      members.put("else", operations(path + ".else", operation.getOtherwiseList()));
    }
    return AqoValue.Members.of(members);
  }

  private static void params(String path, AqoOperation operation, Map<String, AqoValue> members) {
    Map<String, AqoValue> params = new HashMap<>();
    if (operation.hasTheta()) {
      params.put("theta", argument(path + ".params.theta", operation.getTheta()));
    }
    if (operation.hasPhi()) {
      params.put("phi", argument(path + ".params.phi", operation.getPhi()));
    }
    if (operation.hasLambda()) {
      params.put("lambda", argument(path + ".params.lambda", operation.getLambda()));
    }
    if (operation.hasDurationNs()) {
      params.put("duration_ns", argument(path + ".params.duration_ns", operation.getDurationNs()));
    }
    if (!params.isEmpty()) {
      members.put("params", AqoValue.Members.of(params));
    }
  }

  private static AqoValue indexes(List<Integer> indexes) {
    return new AqoValue.Elements(
        indexes.stream()
            .<AqoValue>map(index -> new AqoValue.Whole(Integer.toUnsignedLong(index)))
            .toList());
  }

  private static AqoValue argument(String path, dev.reeve.wire.eigen.api.v1.AqoValue value) {
    return switch (value.getValueCase()) {
      case NUMBER -> new AqoValue.Decimal(finite(path, value.getNumber()));
      case INTEGER -> new AqoValue.Whole(value.getInteger());
      case SYMBOL -> words(path, value.getSymbol());
      case VALUE_NOT_SET -> throw invalid(path, "nothing", "a number or the name of a parameter");
    };
  }

  private AqoValue struct(String path, Struct struct) {
    Map<String, AqoValue> members = new HashMap<>();
    struct
        .getFieldsMap()
        .forEach((name, value) ->
            members.put(name, value(path + "/" + AqoNumbers.escaped(name), value)));
    return AqoValue.Members.of(members);
  }

  private AqoValue value(String path, Value value) {
    return switch (value.getKindCase()) {
      case NULL_VALUE, KIND_NOT_SET -> new AqoValue.Nothing();
      case BOOL_VALUE -> new AqoValue.Truth(value.getBoolValue());
      case STRING_VALUE -> words(path, value.getStringValue());
      case NUMBER_VALUE -> number(path, finite(path, value.getNumberValue()));
      case STRUCT_VALUE -> struct(path, value.getStructValue());
      case LIST_VALUE -> {
        List<AqoValue> values = new ArrayList<>();
        for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
          values.add(value(path + "/" + i, value.getListValue().getValues(i)));
        }
        yield new AqoValue.Elements(values);
      }
    };
  }

  private AqoValue number(String path, double value) {
    String exact = exactNumbers.remove(path);
    if (exact == null) {
      return AqoNumbers.usual(value);
    }
    try {
      long whole = Long.parseLong(exact);
      if (whole == value && Long.toString(whole).equals(exact)) {
        return new AqoValue.Whole(whole);
      }
    } catch (NumberFormatException _) {
      AqoValue decimal = new AqoValue.Decimal(value);
      if (decimal.canonical().equals(exact)) {
        return decimal;
      }
    }
    throw invalid("exact_numbers", exact, "the number at " + path + " as JSON writes it");
  }

  private static double finite(String path, double value) {
    if (!Double.isFinite(value)) {
      throw invalid(path, Double.toString(value), "a finite number");
    }
    return value;
  }

  private static AqoValue.Words words(String path, String text) {
    if (!Text.isUnicode(text)) {
      throw invalid(path, text, "Unicode");
    }
    return new AqoValue.Words(text);
  }

  private static void requireKnown(String path, Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw invalid(
          path,
          "field " + message.getUnknownFields().asMap().keySet().iterator().next(),
          "fields of eigen.api.v1.AqoCircuit");
    }
  }

  private static ProblemException invalid(String path, String value, String expected) {
    return QuantumProblems.AQO_INVALID.field(path, value, expected).toException();
  }
}
