package dev.reeve.quantum.clifford;

/// The gates that every other Clifford gate is made of. A controlled gate has its control first.
public enum CliffordGate {
  H,
  S,
  SDG,
  SX,
  SXDG,
  X,
  Y,
  Z,
  CX,
  CY,
  CZ,
  SWAP
}
