/// Turns circuits into ones that a device can run: its gates, its couplings, fewer of both. Every
/// pass keeps what the circuit does up to a phase of the whole; routing moves qubits, and says
/// where. Pure: the same circuit, device, level and seed give the same output. Runs on the calling
/// thread.
@NullMarked
package dev.reeve.quantum.compiler;

import org.jspecify.annotations.NullMarked;
