/// Programs that a classical optimiser and a quantum circuit run together: a circuit with open
/// angles, what is measured of it, how its angles are sought. The Eigen-Lang front end makes them;
/// the executor of quantum jobs and the offline commands run them. Pure; on the caller's thread.
@NullMarked
package dev.reeve.quantum.hybrid;

import org.jspecify.annotations.NullMarked;
