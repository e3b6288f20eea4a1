package dev.reeve.quantum.simulator;

import java.util.OptionalDouble;

/// What an observable is on average at the end of a circuit, and how far single measurements
/// scatter.
///
/// @param value the mean
/// @param variance the mean square distance from it, never negative; unknown for sums that are too
///   long for a matrix product state
/// @param standardError of the value: 0 when it is exact, more when the circuit draws on its way
public record Expectation(double value, OptionalDouble variance, double standardError) {}
