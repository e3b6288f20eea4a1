package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Gives the operations of a device's circuit their times. Turns about Z take none: they are a
/// change of what the next pulse is measured against. A barrier begins when all its qubits are free
/// and takes no time. What measurements decide begins when every qubit is free, takes as long as
/// the longer side, and the body of a loop counts once.
final class Scheduler {
  /// What flips may still be spread over without overflow.
  private static final long TICKS_MAX = 1L << 58;

  private final Calibration calibration;
  private final int qubits;

  private Scheduler(Calibration calibration, int qubits) {
    this.calibration = calibration;
    this.qubits = qubits;
  }

  /// @param operations on a device's qubits, of its gates
  static Schedule schedule(List<Operation> operations, DeviceModel device, Timing timing) {
    int size = device.couplings().qubits();
    return new Scheduler(device.calibration(), size).schedule(operations, timing);
  }

  private Schedule schedule(List<Operation> operations, Timing timing) {
    boolean forwards = timing == Timing.ASAP;
    int count = operations.size();
    long[] free = new long[qubits];
    long[] starts = new long[count];
    long[] ends = new long[count];
    for (int i = 0; i < count; i++) {
      int place = forwards ? i : count - 1 - i;
      Operation operation = operations.get(place);
      long start = begin(operation, free);
      starts[place] = start;
      ends[place] = end(start, ticks(operation));
      occupy(operation, free, ends[place]);
    }
    long total = Arrays.stream(free).max().orElse(0);
    if (!forwards) {
      // Counted from the end.
      Arrays.setAll(starts, i -> total - ends[i]);
    }
    return new Schedule(timing, calibration.tickNanos(), starts, total);
  }

  private static long end(long start, long ticks) {
    if (ticks > TICKS_MAX - start) {
      throw QuantumProblems.CIRCUIT_NOT_COMPILABLE
          .because("delays: more than 2^58 ticks of the device (expected: fewer)")
          .toException();
    }
    return start + ticks;
  }

  private static long begin(Operation operation, long[] free) {
    if (operation instanceof Operation.Classical) {
      return Arrays.stream(free).max().orElse(0);
    }
    long[] start = {0};
    Qubits.each(operation, (_, qubit) -> start[0] = Math.max(start[0], free[qubit]));
    return start[0];
  }

  private static void occupy(Operation operation, long[] free, long end) {
    if (operation instanceof Operation.Classical) {
      Arrays.fill(free, end);
    } else {
      Qubits.each(operation, (_, qubit) -> free[qubit] = end);
    }
  }

  /// How long an operation takes.
  private long ticks(Operation operation) {
    return switch (operation) {
      case GateOperation gate -> ticks(gate);
      case Operation.Measure(int qubit, int _) ->
          calibration.ticks(calibration.qubit(qubit).readoutNanos());
      case Operation.Reset(int qubit) ->
          // A measurement, and a flip when it says so.
          calibration.ticks(calibration.qubit(qubit).readoutNanos()) + flip(qubit);
      case Operation.Delay(int _, double nanoseconds) -> calibration.ticks(nanoseconds);
      case Operation.Barrier _, Operation.AssignBits _, Operation.AssignVariable _ -> 0;
      case Operation.If branch -> Math.max(total(branch.then()), total(branch.otherwise()));
      case Operation.While loop -> total(loop.body());
    };
  }

  private long total(List<Operation> operations) {
    return schedule(operations, Timing.ASAP).ticks();
  }

  private long ticks(GateOperation gate) {
    if (gate.qubitCount() == 2) {
      long flip = calibration.ticks(calibration.pair(gate.qubit(0), gate.qubit(1)).nanos());
      return gate.gate() == Gate.SWAP ? 3 * flip : flip;
    }
    return gate.qubitCount() == 0 || gate.gate() == Gate.RZ ? 0 : flip(gate.qubit(0));
  }

  private long flip(int qubit) {
    return calibration.ticks(calibration.qubit(qubit).gateNanos());
  }

  /// Writes the time down in which qubits wait, as delays.
  ///
  /// @param decoupling what they do meanwhile, once they are no longer zero
  static List<Operation> padded(
      List<Operation> operations,
      DeviceModel device,
      Schedule schedule,
      Optional<Decoupling> decoupling) {
    Scheduler scheduler = new Scheduler(device.calibration(), device.couplings().qubits());
    return scheduler.padded(operations, schedule, decoupling);
  }

  private List<Operation> padded(
      List<Operation> operations, Schedule schedule, Optional<Decoupling> decoupling) {
    List<Operation> out = new ArrayList<>(operations.size());
    long[] free = new long[qubits];
    boolean[] begun = new boolean[qubits];
    boolean[] measured = new boolean[qubits];
    BitSet touched = touched(operations);
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (operation instanceof Operation.Classical) {
        long start = schedule.start(i);
        touched.stream().forEach(qubit -> wait(qubit, free, start, begun, decoupling, out));
        occupy(operation, free, start + ticks(operation));
      } else {
        long start = schedule.start(i);
        long end = start + ticks(operation);
        Qubits.each(
            operation,
            (_, qubit) -> {
              wait(qubit, free, start, begun, decoupling, out);
              free[qubit] = end;
              if (!(operation instanceof Operation.Barrier)) {
                begun[qubit] = true;
                measured[qubit] = operation instanceof Operation.Measure;
              }
            });
      }
      out.add(operation);
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      if (begun[qubit] && !measured[qubit]) {
        wait(qubit, free, schedule.ticks(), begun, decoupling, out);
      }
    }
    return out;
  }

  /// The others stay zero, and need not be told to.
  private static BitSet touched(List<Operation> operations) {
    Footprint footprint = Footprint.of(operations);
    BitSet touched = footprint.qubits();
    touched.or(footprint.delayed());
    return touched;
  }

  private void wait(
      int qubit,
      long[] free,
      long until,
      boolean[] begun,
      Optional<Decoupling> decoupling,
      List<Operation> out) {
    long ticks = until - free[qubit];
    free[qubit] = until;
    if (ticks <= 0) {
      return;
    }
    long flip = flip(qubit);
    if (begun[qubit]
        && decoupling.isPresent()
        && ticks >= 2 * flip * decoupling.get().flips().size()) {
      decouple(qubit, ticks, flip, decoupling.get().flips(), out);
    } else {
      delay(qubit, ticks, out);
    }
  }

  /// Flips at equal distances, half of one before the first and after the last.
  private void decouple(int qubit, long ticks, long flip, List<Gate> flips, List<Operation> out) {
    long waiting = ticks - flip * flips.size();
    long waited = 0;
    for (int i = 0; i < flips.size(); i++) {
      long until = waiting * (2L * i + 1) / (2L * flips.size());
      delay(qubit, until - waited, out);
      waited = until;
      if (flips.get(i) == Gate.Y) {
        // A flip about Y, up to a phase, of the device's gates.
        out.add(GateOperation.of(Gate.RZ, new double[] {Math.PI}, qubit));
      }
      out.add(GateOperation.of(Gate.X, qubit));
    }
    delay(qubit, waiting - waited, out);
  }

  private void delay(int qubit, long ticks, List<Operation> out) {
    if (ticks > 0) {
      out.add(new Operation.Delay(qubit, ticks * calibration.tickNanos()));
    }
  }
}
