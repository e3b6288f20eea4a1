/// Offers several ways to run a circuit on a device, the best first, with the reasons. What a
/// compile does is the quantum module's; here it is tried in several ways within a time, scored and
/// ranked. Called by the gateway, on any thread; computes on an executor of its own.
@NullMarked
package dev.reeve.service.optimizer;

import org.jspecify.annotations.NullMarked;
