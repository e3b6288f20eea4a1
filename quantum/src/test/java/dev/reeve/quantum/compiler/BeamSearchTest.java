package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.simulator.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much work beams may take, and that it is the same work everywhere.
final class BeamSearchTest {
  private static final CouplingMap RING = DeviceModels.of("ring_12").orElseThrow().couplings();

  @Test
  void a_beam_gives_up_beyond_its_work_and_does_not_change_below_it() {
    PairOrder order = BlockOrders.of(flips(12, 60, 1), 12, false).forth();

    Optional<int[]> free = search(order, Long.MAX_VALUE);
    Optional<int[]> bounded = search(order, BeamSearch.workOf(free.orElseThrow().length, 16));

    assertThat(bounded.orElseThrow()).containsExactly(free.orElseThrow());
    assertThat(search(order, 1_000)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "60, 421, HIGH",
    "30, 12000, HIGH",
    "2000, 12000, HIGH",
    "2000, 12000, MEDIUM",
    "600, 3000, MEDIUM",
    "1, 1, MEDIUM"
  })
  void beams_of_a_level_take_no_more_than_its_work(int blocks, int swaps, CompileLevel level) {
    SabreRouter.Effort effort = level.effort();

    int width = effort.width(blocks, swaps);

    // To and fro, twice.
    assertThat(effort.beams() * BeamSearch.workOf(4 * swaps, width))
        .isLessThanOrEqualTo(effort.beamWorkMax());
  }

  @ParameterizedTest
  @CsvSource({"560, 190, MEDIUM, 42", "560, 190, HIGH, 171", "70, 30, HIGH, 512"})
  void what_a_small_device_takes_is_searched_as_widely_as_the_level_says(
      int blocks, int swaps, CompileLevel level, int width) {
    assertThat(level.effort().width(blocks, swaps)).isEqualTo(width);
  }

  private static Optional<int[]> search(PairOrder order, long workMax) {
    return new BeamSearch(order, RING, 16, 1, Checkpoint.of(CancelSignal.NEVER))
        .swaps(Layout.identity(12), 10_000, workMax);
  }

  private static List<Operation> flips(int qubits, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int control = random.nextInt(qubits);
      int target = (control + 1 + random.nextInt(qubits - 1)) % qubits;
      operations.add(GateOperation.of(Gate.X, target).controlledBy(control, true));
    }
    return operations;
  }
}
