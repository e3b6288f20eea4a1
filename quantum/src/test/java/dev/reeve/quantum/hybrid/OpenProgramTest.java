package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs of other languages and what their energy is.
final class OpenProgramTest {
  private static final String TURN =
      """
      {"annotations":{"expectation":{"kind":"ExpectationValue",%s}%s},
       "operations":[{"op":"RY","params":{"theta":"t"},"q":[0]},{"op":"CX","q":[0,1]}],
       "parameters":{"t":0.5},"qubits":2,"version":"1.0.0"}
      """;
  private static final String MARKER =
      ",\"hybrid_plan_marker\":{\"kind\":\"minimize\",\"expanded_by\":\"kernel\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"observable_terms\":{\"Z\":0} | 0 | 1.000000",
        "\"observable_terms\":{\"Z\":[0,1],\"X\":1} | 0 | 1.000000",
        "\"observable_terms\":{\"XX\":[0,1]} | 1.5707963267948966 | 1.000000",
        "\"observable_terms\":{\"pauli_sum\":\"2*Z0 - Z1\"} | 0 | 1.000000",
        "\"observable_name\":\"cost\" | 3.141592653589793 | -1.000000",
        "\"observable_name\":\"cost\" | 2 * pi / 2 | -1.000000",
      })
  void the_energy_is_the_mean_of_the_annotated_observable(
      String expectation, String value, String energy) {
    String more = ",\"observables\":{\"cost\":{\"Z\":0}}";

    assertThat(run(TURN.formatted(expectation, more), Map.of("t", value)))
        .containsEntry("energy", energy);
  }

  /// The first qubit stands along Z (I), X (H), Y (S) or -Y (ZS), the second is one.
  @ParameterizedTest
  @CsvSource({
    "H, X, X0, 1", "H, X, Z0, 0", "H, X, Y0, 0", "H, Y, X0, 1", "H, Y, Y0, 0", "H, Y, Z0, 0",
    "S, X, Y0, 1", "S, X, X0, 0", "S, Y, Y0, 1", "S, Y, X0, 0", "S, Y, Y0*Z1, -1", "S, Z, Y0, 1",
    "H, X, X0*Z1, -1", "ZS, X, Y0, -1", "ZS, Y, Y0, -1", "I, Y, Z0, 1", "I, X, Z0, 1",
  })
  void means_are_of_the_state_before_a_measurement_about_another_axis(
      String gate, String axis, String observable, double mean) {
    String h = "{\"op\":\"H\",\"q\":[0]},";
    String s = "{\"op\":\"S\",\"q\":[0]},";
    String z = "{\"op\":\"Z\",\"q\":[0]},";
    String prepare =
        switch (gate) {
          case "H" -> h;
          case "S" -> h + s;
          case "ZS" -> h + z + s;
          default -> "";
        };
    String document =
        """
        {"annotations":{"expectation":{"kind":"ExpectationValue",
           "observable_terms":{"pauli_sum":"%s"}}},
         "operations":[{"op":"X","q":[1]},%s
           {"op":"MEASURE","q":[0],"c":[0],"basis":"%s"}],"qubits":2,"version":"1.0.0"}
        """
            .formatted(observable, prepare, axis);

    assertThat(Double.parseDouble(run(document, Map.of()).get("energy")))
        .isCloseTo(mean, within(1e-6));
  }

  @Test
  void a_document_that_is_marked_is_minimized() {
    String document = TURN.formatted("\"observable_terms\":{\"Z\":0}", MARKER);

    SortedMap<String, String> facts = run(document, Map.of());

    assertThat(facts)
        .containsEntry("energy", "-1.000000")
        .containsEntry("optimizer", "COBYLA")
        .containsKey("optimizer_iterations");
    assertThat(facts.get("parameters")).startsWith("{\"t\":3.14");
  }

  @Test
  void observables_that_mean_nothing_are_refused() {
    assertThatThrownBy(() -> run(TURN.formatted("\"observable_name\":\"gain\"", ""), Map.of()))
        .hasMessageContaining("annotations.expectation.observable_name: \"gain\"");
    assertThatThrownBy(
            () -> run(TURN.formatted("\"observable_terms\":{\"Z\":[0,0]}", ""), Map.of()))
        .hasMessageContaining("annotations.observables.Z");
    assertThatThrownBy(
            () -> run(TURN.formatted("\"observable_terms\":{\"Z\":0}", ""), Map.of("u", "1")))
        .hasMessageContaining("param.u");
  }

  @Test
  void an_openqasm_program_is_minimized_over_its_real_inputs() {
    OpenProgram program =
        OpenProgram.of(
            OpenQasm.prepare(
                """
                OPENQASM 3.0; include "stdgates.inc";
                input angle a; input float b; input int n; qubit[2] q;
                for int i in [1:n] { ry(a / 2) q[0]; } cx q[0], q[1]; crx(2 * b) q[0], q[1];
                """
                    .getBytes(StandardCharsets.UTF_8),
                QasmOptions.DEFAULT));
    Map<String, String> values = Map.of("a", "0.4", "b", "0.2", "n", "2");
    OpenProgram.Search search =
        new OpenProgram.Search(
            MinimizeMethod.NELDER_MEAD,
            new TreeMap<>(Map.of("tol", 1e-6)),
            Optional.of(PauliSum.parse("observable", "Z0 - Z1")));

    SortedMap<String, String> facts = facts(program.bind(values, search, CancelSignal.NEVER));

    assertThat(facts)
        .containsEntry("energy", "-2.000000")
        .containsEntry("optimizer", "Nelder-Mead");
    assertThatThrownBy(() -> program.bind(Map.of("a", "0.4", "n", "2"), search, CancelSignal.NEVER))
        .hasMessageContaining("param.b");
  }

  private static SortedMap<String, String> run(String document, Map<String, String> values) {
    OpenProgram program =
        OpenProgram.of(AqoReader.read(Bytes.utf8(document), AqoLimits.DEFAULT), AqoLimits.DEFAULT);
    return facts(program.bind(values, CancelSignal.NEVER));
  }

  private static SortedMap<String, String> facts(OpenProgram.Bound bound) {
    return AnswerFacts.of(
        new HybridRunner(new CircuitSimulator())
            .run(
                new HybridRunner.Request(
                    bound.program(),
                    bound.values(),
                    SimulationMethod.AUTO,
                    RunOptions.of(100, 5, 1 << 20)),
                CancelSignal.NEVER,
                HybridRunner.Listener.NONE));
  }
}
