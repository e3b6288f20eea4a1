package dev.reeve.service.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MappingDeskTest {
  /// Every qubit meets qubit 0: a line needs swaps.
  private static final AqoDocument STAR =
      AqoReader.read(
          Bytes.utf8(
              """
              {"version":"1.0.0","qubits":5,"operations":[{"op":"H","q":[0]},
              {"op":"CX","q":[0,1]},{"op":"CX","q":[0,2]},{"op":"CX","q":[0,3]},
              {"op":"CX","q":[0,4]},{"op":"T","q":[4]},{"op":"CX","q":[0,1]},
              {"op":"MEASURE","q":[0,1,2,3,4],"c":[0,1,2,3,4]}]}
              """),
          AqoLimits.DEFAULT);

  private final AtomicLong nanos = new AtomicLong();
  private final MappingDesk desk = new MappingDesk(Runnable::run, nanos::get);

  private static MappingRequest request(String device, int budget, MappingPolicy policy) {
    return new MappingRequest(
        STAR, device, "", Objective.of("", Map.of()), 7, budget, Duration.ofSeconds(1), policy);
  }

  private MappingAnswer map(MappingRequest request) {
    return desk.map(request, CancelSignal.NEVER).join();
  }

  @Test
  void the_best_comes_first_and_all_are_sure() {
    MappingAnswer answer = map(request("line_7", 6, MappingPolicy.NONE));

    assertThat(answer.candidates()).isNotEmpty();
    assertThat(answer.candidates())
        .isSortedAccordingTo((a, b) -> Double.compare(b.score().total(), a.score().total()));
    assertThat(answer.candidates())
        .allSatisfy(candidate -> {
          assertThat(candidate.confidence()).isGreaterThanOrEqualTo(0.99);
          assertThat(candidate.summary()).contains("two-qubit gates (source 5)", "equal to");
          assertThat(candidate.facts()).containsKeys("swaps", "depth", "layout.initial");
          assertThat(candidate.score().total()).isBetween(0.0, 1.0);
        });
    assertThat(answer.reason()).isEqualTo(MappingAnswer.Reason.NONE);
  }

  @Test
  void the_same_seed_gives_the_same_answer() {
    MappingRequest request = request("grid_3x3", 3, MappingPolicy.NONE);

    assertThat(map(request)).isEqualTo(map(request));
  }

  @Test
  void what_is_forbidden_is_not_used() {
    MappingPolicy policy =
        new MappingPolicy(0, 0, 0, Set.of(4), Set.of(new Edge(0, 1), new Edge(2, 5)));

    MappingAnswer answer = map(request("grid_3x3", 2, policy));

    for (MappingCandidate candidate : answer.candidates()) {
      for (Operation operation : AqoLowering.circuit(candidate.mapped()).operations()) {
        if (operation instanceof GateOperation gate) {
          for (int i = 0; i < gate.qubitCount(); i++) {
            assertThat(gate.qubit(i)).isNotEqualTo(4);
          }
          if (gate.qubitCount() == 2) {
            Edge edge =
                new Edge(
                    Math.min(gate.qubit(0), gate.qubit(1)), Math.max(gate.qubit(0), gate.qubit(1)));
            assertThat(policy.forbiddenEdges()).doesNotContain(edge);
          }
        }
      }
    }
    assertThat(answer.candidates()).isNotEmpty();
  }

  @Test
  void a_policy_that_nothing_keeps_to_is_said_so() {
    assertThat(map(request("line_7", 2, new MappingPolicy(0, 1, 0, Set.of(), Set.of()))))
        .satisfies(answer -> {
          assertThat(answer.reason()).isEqualTo(MappingAnswer.Reason.POLICY_REJECTED);
          assertThat(answer.message())
              .isEqualTo("2 candidates over policy.max_depth or policy.max_swaps");
        });
    assertThat(map(request("line_7", 1, new MappingPolicy(0, 0, 0, Set.of(3), Set.of()))).message())
        .isEqualTo("what is not forbidden of line_7 has no piece of 5 qubits");
  }

  @Test
  void time_ends_the_search_with_what_there_is() {
    MappingDesk slow =
        new MappingDesk(Runnable::run, () -> nanos.addAndGet(Duration.ofMillis(40).toNanos()));

    MappingAnswer answer =
        slow.map(request("line_7", 64, MappingPolicy.NONE), CancelSignal.NEVER).join();

    assertThat(answer.timedOut()).isTrue();
    assertThat(answer.candidates()).hasSizeLessThan(30);
  }

  @Test
  void another_device_or_topology_is_refused_by_name() {
    assertThatThrownBy(() -> map(request("moon", 1, MappingPolicy.NONE)))
        .hasMessageContaining("OPTIMIZER_BACKEND_UNSUPPORTED");
    assertThatThrownBy(() -> map(request("line_3", 1, MappingPolicy.NONE)))
        .hasMessageContaining("CIRCUIT_TOO_WIDE");
    assertThatThrownBy(() -> Objective.of("cheap", Map.of()))
        .hasMessageContaining("objective.preset: \"cheap\"");
    assertThatThrownBy(() -> Objective.of("", Map.of("luck", 1.0)))
        .hasMessageContaining("objective.weights");
  }
}
