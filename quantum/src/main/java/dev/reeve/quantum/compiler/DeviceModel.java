package dev.reeve.quantum.compiler;

import java.util.Objects;

/// A device as the compiler sees it: its couplings. Its gates are `rz`, `sx`, `x` and `cx`.
///
/// @param name what it is asked for by
/// @param couplings which qubits a `cx` may act on
public record DeviceModel(String name, CouplingMap couplings) {
  public DeviceModel {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(couplings, "couplings");
  }
}
