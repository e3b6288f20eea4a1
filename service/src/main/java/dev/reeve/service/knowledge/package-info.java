/// What past compilations and runs have taught, and the log of decisions made with it, as clients
/// of the Eigen contract keep them here (its section 1.5): by tenant, in the order of their first
/// write, in memory and in a file behind a port.
///
/// Called by the Eigen dialect, on threads that may block.
@NullMarked
package dev.reeve.service.knowledge;

import org.jspecify.annotations.NullMarked;
