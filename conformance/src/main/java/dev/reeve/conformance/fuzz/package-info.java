/// Hostile messages for every method of a running server, on both transports, and the checks that
/// nothing passed by the gate, broke or grew. Behind `dev/fuzz` and a test. Knows the server by its
/// address, its reflection and its metrics alone; calls go out on threads of their own.
@NullMarked
package dev.reeve.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
