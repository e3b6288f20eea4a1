/// Runs circuits: the dense state-vector simulator behind `sim:local`. A circuit becomes a flat
/// plan of kernels, jumps and measurements; the loops over amplitudes are one interface with a
/// plain implementation here and faster twins elsewhere. Everything runs on the calling thread, in
/// slices of at most 10 ms between two looks at the cancel signal; no clock, no randomness but the
/// seed.
@NullMarked
package dev.reeve.quantum.simulator;

import org.jspecify.annotations.NullMarked;
