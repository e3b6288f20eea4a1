/// Compiling, optimising and checking circuits for callers who do not run them here. What a compile
/// does is the quantum module's; here are its bounds, its words on the wire and its threads. Called
/// by the gateway, on any thread; computes on an executor of its own.
@NullMarked
package dev.reeve.service.circuit;

import org.jspecify.annotations.NullMarked;
