package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Operation;
import java.util.List;
import java.util.Optional;

/// What a device runs, and when.
///
/// @param operations with delays, where they were asked for
/// @param schedule when each begins
record TimedOutput(List<Operation> operations, Schedule schedule) {
  TimedOutput {
    operations = List.copyOf(operations);
  }

  /// @param timing without one there are no delays, and the schedule is as soon as possible
  /// @param decoupling what qubits do meanwhile
  static TimedOutput of(
      List<Operation> operations,
      DeviceModel device,
      Optional<Timing> timing,
      Optional<Decoupling> decoupling) {
    Schedule bare = Scheduler.schedule(operations, device, timing.orElse(Timing.ASAP));
    if (timing.isEmpty()) {
      return new TimedOutput(operations, bare);
    }
    List<Operation> padded = Scheduler.padded(operations, device, bare, decoupling);
    return new TimedOutput(padded, Scheduler.schedule(padded, device, timing.get()));
  }
}
