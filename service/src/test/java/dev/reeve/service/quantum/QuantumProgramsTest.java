package dev.reeve.service.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.hybrid.MinimizeMethod;
import dev.reeve.quantum.hybrid.OpenProgram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Programs of jobs in Eigen-Lang.
final class QuantumProgramsTest {
  private static final String PROGRAM =
      """
      from eigen_lang import *
      @hybrid_program(shots=50, seed=3, noise_model="depolarizing:0.01")
      def vqe():
          a = Param("a", 0.25)
          ry(0, theta=a)
          minimize(ExpectationValue(observable=Observable(Z=0)), [0.5], max_iters=20)
      """;

  @Test
  void the_decorator_says_how_to_run_and_the_parameters_are_open() {
    OpenProgram program = read(Map.of(), "");

    assertThat(program.parameters()).containsExactly("a");
    assertThat(program.settings())
        .isEqualTo(Map.of("noise_model", "depolarizing:0.01", "seed", "3", "shots", "50"));
  }

  @Test
  void the_job_says_how_to_search() {
    HybridProgram program =
        read(Map.of("optimizer", "SPSA", "max_iters", "7"), "vqe")
            .bind(Map.of(), CancelSignal.NEVER)
            .program();

    assertThat(program.minimization())
        .hasValueSatisfying(search -> {
          assertThat(search.method()).isEqualTo(MinimizeMethod.SPSA);
          assertThat(search.options()).containsEntry("max_iters", 7.0);
        });
    assertThatThrownBy(() -> read(Map.of("optimizer", "luck"), ""))
        .hasMessageContaining("optimizer");
    assertThatThrownBy(() -> read(Map.of("max_iters", "-1"), "")).hasMessageContaining("max_iters");
  }

  @Test
  void a_function_that_is_not_the_program_is_refused() {
    assertThatThrownBy(() -> read(Map.of(), "other")).hasMessageContaining("entrypoint");
  }

  @Test
  void reading_a_program_stops_when_its_job_is_cancelled() {
    String slow = PROGRAM.replace("ry(0,", "for i in range(5000):\n        ry(0,");

    assertThatThrownBy(() -> read(slow, Map.of(), "", () -> true))
        .hasMessageContaining("QUANTUM_CANCELLED");
  }

  private static OpenProgram read(Map<String, String> metadata, String entrypoint) {
    return read(PROGRAM, metadata, entrypoint, CancelSignal.NEVER);
  }

  private static OpenProgram read(
      String source, Map<String, String> metadata, String entrypoint, CancelSignal cancel) {
    Work work =
        new Work(
            "vqe",
            "job.quantum.sim.local",
            "quantum.run",
            List.of(),
            List.of(),
            Map.of(),
            new TreeMap<>(metadata),
            Map.of("program_format", "eigen_lang_source", "entrypoint", entrypoint));
    return QuantumPrograms.read(Bytes.utf8(source), work, cancel);
  }
}
