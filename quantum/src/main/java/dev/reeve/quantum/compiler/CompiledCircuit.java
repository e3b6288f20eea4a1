package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Indexes;

/// A circuit that a device can run.
///
/// @param circuit on the device's qubits
/// @param initial the device's qubit on which each qubit of the source begins
/// @param last the one on which it ends
/// @param swaps exchanges that routing put in, before any was merged
/// @param twoQubitGates controlled flips
/// @param twoQubitDepth longest chain of them
/// @param depth longest chain of gates and measurements
/// @param angleLeftOut half the angles of rotations that were left out because they are tiny, in
///   radians: no probability of an outcome is off by more
/// @param schedule when its operations begin
/// @param success the chance that no gate and no measurement goes wrong, by the device's figures
/// @param certificate whether it was seen to do what the source does without these; never that it
///   does not
public record CompiledCircuit(
    Circuit circuit,
    Indexes initial,
    Indexes last,
    int swaps,
    int twoQubitGates,
    int twoQubitDepth,
    int depth,
    double angleLeftOut,
    Schedule schedule,
    double success,
    Certificate certificate) {}
