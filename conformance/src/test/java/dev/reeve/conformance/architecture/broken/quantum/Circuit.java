package dev.reeve.conformance.architecture.broken.quantum;

/// Something another domain may not know.
public record Circuit(int qubits) {}
