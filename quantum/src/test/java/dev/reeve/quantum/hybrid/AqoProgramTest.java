package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that say what their energy is.
final class AqoProgramTest {
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
      })
  void the_energy_is_the_mean_of_the_annotated_observable(
      String expectation, String value, String energy) {
    String more = ",\"observables\":{\"cost\":{\"Z\":0}}";

    assertThat(run(TURN.formatted(expectation, more), Map.of("t", value)))
        .containsEntry("energy", energy);
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

  private static SortedMap<String, String> run(String document, Map<String, String> values) {
    OpenProgram program =
        OpenProgram.of(AqoReader.read(Bytes.utf8(document), AqoLimits.DEFAULT), AqoLimits.DEFAULT);
    OpenProgram.Bound bound = program.bind(values, CancelSignal.NEVER);
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
