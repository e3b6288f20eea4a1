package dev.reeve.quantum.aqo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.compiler.CircuitEquivalence;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AqoLoweringTest {
  private static AqoDocument document(int qubits, String operations) {
    return AqoReader.read(
        Bytes.utf8(
            "{\"version\":\"1.1\",\"qubits\":%d,\"operations\":[%s]}"
                .formatted(qubits, operations.replace('\'', '"'))),
        AqoLimits.DEFAULT);
  }

  private static Map<String, Long> counts(int qubits, String operations) {
    Circuit circuit = AqoLowering.circuit(document(qubits, operations));
    return Map.copyOf(Programs.run(circuit, 200, 1).counts());
  }

  @ParameterizedTest
  @CsvSource({"-1", "-0.5", "1e16", "2000000000000000"})
  void a_delay_out_of_range_is_refused_when_it_is_read(String nanoseconds) {
    assertThatThrownBy(() -> document(1, delay(nanoseconds)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("AQO_INVALID")
        .hasMessageContaining("params.duration_ns");
  }

  @ParameterizedTest
  @CsvSource({"-1", "1e300", "NaN", "Infinity"})
  void a_delay_out_of_range_is_refused_when_a_parameter_says_it(double nanoseconds) {
    AqoDocument document = document(1, delay("'wait'"));

    assertThatThrownBy(
            () -> AqoLowering.circuit(document, Map.of("wait", nanoseconds), AqoLimits.DEFAULT))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("AQO_INVALID")
        .hasMessageContaining("expected: nanoseconds, 0 to 1e15");
  }

  private static String delay(String nanoseconds) {
    return "{'op':'DELAY','q':[0],'params':{'duration_ns':%s}}".formatted(nanoseconds);
  }

  @Test
  void a_plus_state_measured_about_x_is_always_zero() {
    assertThat(counts(1, "{'op':'H','q':[0]},{'op':'MEASURE','q':[0],'c':[0],'basis':'X'}"))
        .isEqualTo(Map.of("0", 200L));
  }

  @Test
  void the_positive_state_of_y_measured_about_y_is_always_zero() {
    assertThat(
            counts(
                1,
                "{'op':'RX','params':{'theta':-1.5707963267948966},'q':[0]},"
                    + "{'op':'MEASURE','q':[0],'c':[0],'basis':'Y'}"))
        .isEqualTo(Map.of("0", 200L));
  }

  @Test
  void a_qubit_measured_about_y_is_left_in_that_state() {
    assertThat(
            counts(
                1,
                "{'op':'MEASURE','q':[0],'c':[0],'basis':'Y'},"
                    + "{'op':'MEASURE','q':[0],'c':[1],'basis':'Y'}"))
        .containsOnlyKeys("00", "11");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "{'op':'FOR','count':1,'body':[%s]}"})
  void a_qubit_measured_about_x_waits_in_that_state(String wait) {
    AqoDocument document =
        document(
            1,
            "{'op':'MEASURE','q':[0],'c':[0],'basis':'X'},"
                + wait.formatted(delay("1000000"))
                + ",{'op':'MEASURE','q':[0],'c':[1]}");
    RunOptions lossy =
        RunOptions.of(200, 1, 1 << 28).withNoise(NoiseModel.parse("noise", "relaxation:1:1"));

    Map<String, Long> counts =
        new StateVectorSimulator()
            .run(AqoLowering.circuit(document), lossy, CancelSignal.NEVER, ProgressListener.NONE)
            .counts();

    assertThat(counts).containsOnlyKeys("00", "01");
  }

  @Test
  void each_measurement_sees_what_came_before_it() {
    assertThat(
            counts(
                1,
                "{'op':'RX','params':{'theta':3.141592653589793},'q':[0]},"
                    + "{'op':'MEASURE','q':[0],'c':[0]},"
                    + "{'op':'RX','params':{'theta':3.141592653589793},'q':[0]},"
                    + "{'op':'MEASURE','q':[0],'c':[1]}"))
        .isEqualTo(Map.of("01", 200L));
  }

  @Test
  void regions_repeat_and_branch() {
    assertThat(
            counts(
                2,
                "{'op':'FOR','count':3,'body':[{'op':'X','q':[0]}]},"
                    + "{'op':'MEASURE','q':[0],'c':[0]},"
                    + "{'op':'IF','c':[0],'value':1,'then':[{'op':'X','q':[1]}],"
                    + "'else':[{'op':'RESET','q':[1]}]},"
                    + "{'op':'WHILE','c':[0],'value':1,'max':9,'body':["
                    + "{'op':'RESET','q':[0]},{'op':'MEASURE','q':[0],'c':[0]}]},"
                    + "{'op':'MEASURE','q':[1],'c':[1]}"))
        .isEqualTo(Map.of("10", 200L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CX,                       | cx q[0],q[1];",
        "CY,                       | cy q[0],q[1];",
        "CH,                       | ch q[0],q[1];",
        "CP,   {'theta':0.7}       | cp(0.7) q[0],q[1];",
        "CRX,  {'theta':0.7}       | crx(0.7) q[0],q[1];",
        "CRY,  {'theta':0.7}       | cry(0.7) q[0],q[1];",
        "CRZ,  {'theta':0.7}       | crz(0.7) q[0],q[1];",
        "SWAP,                     | swap q[0],q[1];",
        "RZZ,  {'theta':0.7}       | cx q[0],q[1]; rz(0.7) q[1]; cx q[0],q[1];",
        "ISWAP,                    | s q[0]; s q[1]; h q[0]; cx q[0],q[1]; cx q[1],q[0]; h q[1];"
      })
  void gates_on_two_qubits_take_their_control_first(String gate, String program) {
    String[] parts = gate.split(",", 2);
    String params = parts[1].isBlank() ? "" : ",'params':" + parts[1].strip();
    AqoDocument document =
        document(2, "{'op':'%s','q':[0,1]%s}".formatted(parts[0].strip(), params));

    Circuit expected =
        Programs.circuit("OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; " + program);

    assertThat(CircuitEquivalence.compare(AqoLowering.circuit(document), expected).equivalent())
        .contains(true);
  }

  @Test
  void a_binding_comes_before_the_value_of_the_document() {
    AqoDocument document =
        AqoReader.read(
            Bytes.utf8(
                "{\"version\":\"1.0.0\",\"qubits\":1,\"parameters\":{\"t\":0,\"u\":\"u\"},"
                    + "\"operations\":[{\"op\":\"RX\",\"params\":{\"theta\":\"t\"},\"q\":[0]},"
                    + "{\"op\":\"RX\",\"params\":{\"theta\":\"u\"},\"q\":[0]}]}"),
            AqoLimits.DEFAULT);

    assertThat(AqoLowering.parameters(document)).containsExactly("t", "u");
    assertThat(
            AqoLowering.circuit(document, Map.of("t", 1.5, "u", 2.5), AqoLimits.DEFAULT)
                .operations())
        .hasToString("[RX[1.5] 0, RX[2.5] 0]");
    assertThatThrownBy(() -> AqoLowering.circuit(document))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("parameters.\"u\": no value (expected: a number for each of 1)");
  }

  @Test
  void repetition_that_explodes_is_refused_at_once() {
    String bomb = "{'op':'X','q':[0]}";
    for (int i = 0; i < 6; i++) {
      bomb = "{'op':'FOR','count':2000000000,'body':[%s]}".formatted(bomb);
    }
    AqoDocument document = document(1, bomb);

    assertThatThrownBy(() -> AqoLowering.circuit(document))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("more than 1000000 once unrolled");
  }
}
