package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;
import java.util.Objects;

/// A device as the compiler sees it. Its gates are `rz`, `sx`, `x` and `cx`.
///
/// @param name what it is asked for by
/// @param couplings which qubits a `cx` may act on
/// @param calibration how long its operations take, and how often they go wrong
public record DeviceModel(String name, CouplingMap couplings, Calibration calibration) {
  public DeviceModel {
    Objects.requireNonNull(name, "name");
    Check.argument(
        calibration.qubits().size() == couplings.qubits(),
        "calibration: %d qubits (expected: %d)",
        calibration.qubits().size(),
        couplings.qubits());
  }

  /// A device of which no figures are known: see [Calibration#typical].
  public DeviceModel(String name, CouplingMap couplings) {
    this(name, couplings, Calibration.typical(couplings));
  }

  /// The same device with these figures.
  public DeviceModel with(Calibration figures) {
    return new DeviceModel(name, couplings, figures);
  }
}
