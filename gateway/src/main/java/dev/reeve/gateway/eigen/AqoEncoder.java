package dev.reeve.gateway.eigen;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.reeve.base.Bytes;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoCondition;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoOperation;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.wire.eigen.api.v1.AqoCircuit;
import dev.reeve.wire.eigen.api.v1.AqoOp;
import java.util.Arrays;
import java.util.List;

/// Writes documents as messages. [AqoDecoder] reads them back as they were.
final class AqoEncoder {
  private final AqoCircuit.Builder out = AqoCircuit.newBuilder();

  private AqoEncoder() {}

  /// @param json a document that was checked before
  static AqoCircuit encode(Bytes json) {
    return encode(AqoReader.read(json, AqoLimits.DEFAULT));
  }

  static AqoCircuit encode(AqoDocument document) {
    AqoEncoder encoder = new AqoEncoder();
    AqoCircuit.Builder out = encoder.out;
    out.setVersion(document.version().text()).setQubits(document.qubits());
    for (AqoOperation operation : document.operations()) {
      out.addOperations(operation(operation));
    }
    document
        .parameters()
        .ifPresent(parameters -> {
          out.setEmptyParameters(parameters.isEmpty());
          parameters.forEach((name, value) -> out.putParameters(name, argument(value)));
        });
    document.metadata().ifPresent(v -> out.setMetadata(encoder.struct("/metadata", v)));
    document.checksums().ifPresent(v -> out.setChecksums(encoder.struct("/checksums", v)));
    document.topology().ifPresent(v -> out.setTopology(encoder.struct("/topology", v)));
    document.annotations().ifPresent(v -> out.setAnnotations(encoder.struct("/annotations", v)));
    return out.build();
  }

  private static dev.reeve.wire.eigen.api.v1.AqoOperation operation(AqoOperation operation) {
    var message = dev.reeve.wire.eigen.api.v1.AqoOperation.newBuilder();
    switch (operation) {
      case AqoOperation.Gate gate -> {
        message.setOp(AqoOp.valueOf("AQO_OP_" + gate.gate().name()));
        indexes(gate.qubits()).forEach(message::addQ);
        List<AqoValue.Argument> arguments = gate.arguments();
        if (!arguments.isEmpty()) {
          message.setTheta(argument(arguments.getFirst()));
        }
        if (arguments.size() > 1) {
          message.setPhi(argument(arguments.get(1))).setLambda(argument(arguments.get(2)));
        }
      }
      case AqoOperation.Measure measure -> {
        message.setOp(AqoOp.AQO_OP_MEASURE);
        indexes(measure.qubits()).forEach(message::addQ);
        indexes(measure.bits()).forEach(message::addC);
        measure.basis().ifPresent(basis -> message.setBasis(basis.name()));
      }
      case AqoOperation.Reset reset -> {
        message.setOp(AqoOp.AQO_OP_RESET);
        indexes(reset.qubits()).forEach(message::addQ);
      }
      case AqoOperation.Barrier barrier -> {
        message.setOp(AqoOp.AQO_OP_BARRIER);
        indexes(barrier.qubits()).forEach(message::addQ);
      }
      case AqoOperation.Delay delay -> {
        message.setOp(AqoOp.AQO_OP_DELAY).setDurationNs(argument(delay.nanoseconds()));
        indexes(delay.qubits()).forEach(message::addQ);
      }
      case AqoOperation.If branch -> {
        message.setOp(AqoOp.AQO_OP_IF);
        condition(message, branch.condition());
        branch.then().forEach(each -> message.addBody(operation(each)));
        branch.otherwise().forEach(each -> message.addOtherwise(operation(each)));
      }
      case AqoOperation.For loop -> {
        message.setOp(AqoOp.AQO_OP_FOR).setCount(loop.count());
        loop.body().forEach(each -> message.addBody(operation(each)));
      }
      case AqoOperation.While loop -> {
        message.setOp(AqoOp.AQO_OP_WHILE).setCount(loop.roundsMax());
        condition(message, loop.condition());
        loop.body().forEach(each -> message.addBody(operation(each)));
      }
    }
    return message.build();
  }

  private static void condition(
      dev.reeve.wire.eigen.api.v1.AqoOperation.Builder message, AqoCondition condition) {
    indexes(condition.bits()).forEach(message::addC);
    message.setValue(condition.value());
  }

  private static List<Integer> indexes(Indexes indexes) {
    return Arrays.stream(indexes.toArray()).boxed().toList();
  }

  private static dev.reeve.wire.eigen.api.v1.AqoValue argument(AqoValue.Argument argument) {
    var value = dev.reeve.wire.eigen.api.v1.AqoValue.newBuilder();
    switch (argument) {
      case AqoValue.Whole whole -> value.setInteger(whole.value());
      case AqoValue.Decimal decimal -> value.setNumber(decimal.value());
      case AqoValue.Words words -> value.setSymbol(words.text());
    }
    return value.build();
  }

  private Struct struct(String path, AqoValue.Members members) {
    Struct.Builder struct = Struct.newBuilder();
    members
        .values()
        .forEach((name, value) ->
            struct.putFields(name, value(path + "/" + AqoNumbers.escaped(name), value)));
    return struct.build();
  }

  private Value value(String path, AqoValue value) {
    Value.Builder message = Value.newBuilder();
    switch (value) {
      case AqoValue.Whole whole -> {
        message.setNumberValue((double) whole.value());
        if (!AqoNumbers.isExact(whole.value())) {
          out.putExactNumbers(path, whole.canonical());
        }
      }
      case AqoValue.Decimal decimal -> {
        message.setNumberValue(decimal.value());
        if (AqoNumbers.looksWhole(decimal.value())) {
          out.putExactNumbers(path, decimal.canonical());
        }
      }
      case AqoValue.Words words -> message.setStringValue(words.text());
      case AqoValue.Truth truth -> message.setBoolValue(truth.value());
      case AqoValue.Nothing _ -> message.setNullValue(NullValue.NULL_VALUE);
      case AqoValue.Elements elements -> {
        ListValue.Builder list = ListValue.newBuilder();
        for (int i = 0; i < elements.values().size(); i++) {
          list.addValues(value(path + "/" + i, elements.values().get(i)));
        }
        message.setListValue(list);
      }
      case AqoValue.Members members -> message.setStructValue(struct(path, members));
    }
    return message.build();
  }
}
