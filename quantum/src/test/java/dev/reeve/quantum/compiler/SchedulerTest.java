package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When operations begin. A one-qubit gate takes 35 ns, a flip of two 300, a measurement 700.
class SchedulerTest {
  private static final DeviceModel LINE = DeviceModels.of("line_3").orElseThrow();

  private static final List<Operation> STAIRS =
      List.of(
          GateOperation.of(Gate.X, 0),
          GateOperation.of(Gate.SX, 2),
          GateOperation.of(Gate.RZ, new double[] {1}, 0),
          GateOperation.of(Gate.X, 1).controlledBy(0, true),
          GateOperation.of(Gate.X, 2).controlledBy(1, true),
          new Operation.Measure(0, 0),
          new Operation.Measure(2, 1));

  @Test
  void more_waiting_than_there_are_ticks_is_refused() {
    List<Operation> delays =
        Collections.nCopies(400, new Operation.Delay(0, Operation.Delay.NANOSECONDS_MAX));

    assertThatThrownBy(() -> Scheduler.schedule(delays, LINE, Timing.ASAP))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("CIRCUIT_NOT_COMPILABLE");
  }

  @Test
  void as_soon_as_possible_each_begins_when_its_qubits_are_free() {
    Schedule schedule = Scheduler.schedule(STAIRS, LINE, Timing.ASAP);

    assertThat(starts(schedule)).containsExactly(0L, 0L, 35L, 35L, 335L, 335L, 635L);
    assertThat(schedule.nanos()).isEqualTo(1335);
  }

  @Test
  void as_late_as_possible_it_takes_as_long() {
    Schedule schedule = Scheduler.schedule(STAIRS, LINE, Timing.ALAP);

    assertThat(starts(schedule)).containsExactly(0L, 300L, 35L, 35L, 335L, 635L, 635L);
    assertThat(schedule.nanos()).isEqualTo(1335);
  }

  @Test
  void a_barrier_and_a_delay_hold_what_follows() {
    List<Operation> held =
        List.of(
            new Operation.Delay(0, 100),
            new Operation.Barrier(Indexes.of(0, 1)),
            GateOperation.of(Gate.X, 1),
            new Operation.Reset(2));

    assertThat(starts(Scheduler.schedule(held, LINE, Timing.ASAP)))
        .containsExactly(0L, 100L, 100L, 0L);
  }

  @Test
  void a_coarse_tick_rounds_times_up() {
    Calibration typical = LINE.calibration();
    DeviceModel coarse =
        LINE.with(
            new Calibration(
                "given", 10, typical.qubits(), PairCalibration.TYPICAL, typical.pairs()));

    Schedule schedule =
        Scheduler.schedule(List.of(GateOperation.of(Gate.X, 0)), coarse, Timing.ASAP);

    assertThat(schedule.ticks()).isEqualTo(4);
    assertThat(schedule.nanos()).isEqualTo(40);
  }

  @Test
  void delays_of_the_output_say_the_same_schedule_also_when_they_are_read_back() {
    for (Timing timing : Timing.values()) {
      CompiledCircuit compiled = compiled(timing, Optional.empty());
      String text = QasmPrinter.print(compiled.circuit(), QasmVersion.V3);
      Circuit read = OpenQasm.parse(text).orThrow();

      assertThat(text).contains("delay[");
      assertThat(read.operations()).isEqualTo(compiled.circuit().operations());
      assertThat(Scheduler.schedule(read.operations(), LINE, Timing.ASAP).ticks())
          .isEqualTo(compiled.schedule().ticks());
      assertThat(compiled.certificate().equivalent()).contains(true);
    }
  }

  @Test
  void qubits_that_nothing_acts_on_are_not_told_to_wait_for_a_decision() {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[3] q; bit c;
                h q[0]; c = measure q[0]; if (c) { x q[1]; }
                """)
            .orThrow();
    DeviceModel wide = DeviceModels.of("heavy_hex_27").orElseThrow();

    CompiledCircuit compiled =
        new CircuitCompiler(wide)
            .compile(
                source,
                CompileOptions.of(CompileLevel.FIT, 0).with(Timing.ASAP),
                ProgressListener.NONE,
                CancelSignal.NEVER);

    assertThat(compiled.circuit().operations())
        .filteredOn(Operation.Delay.class::isInstance)
        .extracting(each -> ((Operation.Delay) each).nanoseconds())
        .containsExactly(735.0);
  }

  @Test
  void decoupling_fills_waiting_with_flips_that_do_nothing_together() {
    CompiledCircuit plain = compiled(Timing.ASAP, Optional.empty());
    for (Decoupling decoupling : Decoupling.values()) {
      CompiledCircuit compiled = compiled(Timing.ASAP, Optional.of(decoupling));

      assertThat(flips(compiled) - flips(plain)).isEqualTo(decoupling.flips().size());
      assertThat(compiled.schedule().ticks()).isEqualTo(plain.schedule().ticks());
      assertThat(compiled.certificate().equivalent()).contains(true);
    }
  }

  @Test
  void a_delay_of_the_source_is_kept_and_what_it_parts_is_not_merged() {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[2] q; bit c;
                h q[0]; delay[2us] q[0]; h q[0]; c = measure q[0];
                """)
            .orThrow();

    CompiledCircuit compiled = compile(source, CompileOptions.of(CompileLevel.MEDIUM, 0));

    assertThat(compiled.circuit().operations())
        .filteredOn(Operation.Delay.class::isInstance)
        .extracting(each -> ((Operation.Delay) each).nanoseconds())
        .containsExactly(2000.0);
    assertThat(compiled.schedule().nanos()).isEqualTo(2000 + 35 + 35 + 700);
  }

  private static CompiledCircuit compiled(Timing timing, Optional<Decoupling> decoupling) {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0; include "stdgates.inc";
                qubit[3] q; bit[3] c;
                h q[0]; cx q[0], q[1]; rx(0.3) q[1]; cx q[1], q[2]; ry(0.4) q[2]; cx q[1], q[2];
                rx(1) q[1]; cx q[0], q[1]; c = measure q;
                """)
            .orThrow();
    return compile(
        source,
        new CompileOptions(CompileLevel.FIT, 0, Optional.empty(), Optional.of(timing), decoupling));
  }

  private static CompiledCircuit compile(Circuit source, CompileOptions options) {
    return new CircuitCompiler(LINE)
        .compile(source, options, ProgressListener.NONE, CancelSignal.NEVER);
  }

  private static long flips(CompiledCircuit compiled) {
    return compiled.circuit().operations().stream()
        .filter(each ->
            each instanceof GateOperation gate && gate.gate() == Gate.X && gate.qubitCount() == 1)
        .count();
  }

  private static long[] starts(Schedule schedule) {
    long[] starts = new long[schedule.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = schedule.start(i);
    }
    return starts;
  }
}
