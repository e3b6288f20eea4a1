package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.wire.eigen.api.v1.AqoCircuit;
import dev.reeve.wire.eigen.api.v1.AqoOp;
import dev.reeve.wire.eigen.api.v1.AqoOperation;
import dev.reeve.wire.eigen.api.v1.AqoValue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AqoCodecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'version':'0.1','qubits':1,'operations':[{'op':'MEASURE','q':[0],'c':[3],'basis':'Y'}]}",
        "{'version':'1.0.0','qubits':2,'parameters':{},'metadata':{},'operations':["
            + "{'op':'RX','params':{'theta':1},'q':[1]},{'op':'RX','params':{'theta':1.0},'q':[1]},"
            + "{'op':'RZ','params':{'theta':'a'},'q':[0]}]}",
        "{'version':'1.0.0','qubits':1,'operations':[{'op':'X','q':[0]}],"
            + "'parameters':{'a':'a','b':2,'c':2.0},'checksums':{'n':null,'t':[true,1.0,{'~/':-0.0}]},"
            + "'topology':{'big':9007199254740993,'edge':9007199254740992,'wide':1e300},"
            + "'annotations':{'observables':{'cost':{'Z':[0,1]}},'é':0.1}}",
        "{'version':'1.1','qubits':3,'operations':["
            + "{'op':'U','params':{'theta':1,'phi':2,'lambda':'x'},'q':[0]},"
            + "{'op':'GPHASE','params':{'theta':0.5}},{'op':'BARRIER','q':[0,1]},"
            + "{'op':'DELAY','params':{'duration_ns':10},'q':[1]},"
            + "{'op':'IF','c':[0],'value':0,'then':[{'op':'SX','q':[0]}],'else':[{'op':'RESET','q':[0]}]},"
            + "{'op':'FOR','count':2,'body':[{'op':'H','q':[0]}]},"
            + "{'op':'WHILE','c':[1,0],'value':2,'max':5,'body':[{'op':'CSWAP','q':[0,1,2]}]}]}"
      })
  void a_document_comes_back_from_its_message_as_it_was(String json) {
    String text = json.replace('\'', '"');
    AqoDocument document = AqoReader.read(Bytes.utf8(text), AqoLimits.DEFAULT);

    Bytes message = Bytes.wrap(AqoEncoder.encode(document).toByteArray());

    assertThat(AqoDecoder.decode(message)).isEqualTo(document);
    assertThat(AqoDecoder.decode(message).canonical()).isEqualTo(document.canonical());
  }

  @Test
  void a_number_of_another_client_is_whole_when_it_looks_so() {
    AqoCircuit circuit =
        minimal()
            .setMetadata(
                Struct.newBuilder()
                    .putFields("a", Value.newBuilder().setNumberValue(3).build())
                    .putFields("b", Value.newBuilder().setNumberValue(0.5).build()))
            .build();

    assertThat(AqoDecoder.decode(Bytes.wrap(circuit.toByteArray())).canonical().utf8())
        .startsWith("{\"metadata\":{\"a\":3,\"b\":0.5}");
  }

  @Test
  void messages_are_held_to_the_rules_of_the_format() {
    refused(c -> c.setVersion("7"), "AQO_VERSION_UNSUPPORTED: version: \"7\"");
    refused(c -> c.setQubits(0), "AQO_INVALID: qubits: \"0\"");
    refused(AqoCircuit.Builder::clearOperations, "AQO_INVALID: operations: \"[]\"");
    refused(c -> c.getOperationsBuilder(0).addC(1), "AQO_INVALID: operations[0].c: \"unknown\"");
    refused(c -> c.getOperationsBuilder(0).setOpValue(99), "AQO_INVALID: operations[0].op: \"99\"");
    refused(
        c -> c.getOperationsBuilder(0).setTheta(AqoValue.newBuilder().setNumber(Double.NaN)),
        "AQO_INVALID: operations[0].params.theta: \"NaN\" (expected: a finite number)");
    refused(
        c -> c.putExactNumbers("/metadata/x", "1.0"),
        "AQO_INVALID: exact_numbers: \"/metadata/x\" (expected: the path of a number)");
    assertThatThrownBy(() -> AqoDecoder.decode(Bytes.utf8("no message")))
        .hasMessageStartingWith("AQO_INVALID: aqo: \"not an AqoCircuit\"");
  }

  private static void refused(Consumer<AqoCircuit.Builder> change, String message) {
    AqoCircuit.Builder circuit = minimal();
    change.accept(circuit);
    assertThatThrownBy(() -> AqoDecoder.decode(Bytes.wrap(circuit.build().toByteArray())))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(message);
  }

  private static AqoCircuit.Builder minimal() {
    return AqoCircuit.newBuilder()
        .setVersion("1.0.0")
        .setQubits(1)
        .addOperations(AqoOperation.newBuilder().setOp(AqoOp.AQO_OP_X).addQ(0));
  }
}
