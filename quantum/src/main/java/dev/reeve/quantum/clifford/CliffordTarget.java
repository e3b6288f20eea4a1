package dev.reeve.quantum.clifford;

/// Something that Clifford gates act on.
@FunctionalInterface
public interface CliffordTarget {
  /// @param second the other qubit of a gate on two; else not looked at
  void apply(CliffordGate gate, int first, int second);
}
