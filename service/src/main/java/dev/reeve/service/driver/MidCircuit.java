package dev.reeve.service.driver;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Footprint;
import dev.reeve.quantum.Operation;
import dev.reeve.service.ServiceProblems;
import java.util.BitSet;
import java.util.List;

/// What not every device can do: measure and go on, reset, decide.
final class MidCircuit {
  private static final String CAPABILITY = "supports_mid_circuit";

  private MidCircuit() {}

  /// @throws dev.reeve.base.ProblemException `DEVICE_PROGRAM_UNSUITABLE` when the device says that
  ///   it cannot do what the circuit does
  static void require(Circuit circuit, DriverDevice device) {
    String supported = device.facts().capabilities().getOrDefault(CAPABILITY, "");
    if (supported.equals("false") && goesOn(circuit.operations())) {
      throw ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
          .because(
              CAPABILITY
                  + ": "
                  + device.id()
                  + " has none (expected: no decisions, no resets, measurements last)")
          .toException();
    }
  }

  private static boolean goesOn(List<Operation> operations) {
    BitSet measured = new BitSet();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Classical || operation instanceof Operation.Reset) {
        return true;
      }
      if (Footprint.of(List.of(operation)).qubits().intersects(measured)) {
        return true;
      }
      if (operation instanceof Operation.Measure(int qubit, int _)) {
        measured.set(qubit);
      }
    }
    return false;
  }
}
