/// The use cases around routing: decisions with their receipts, and the policies that decide, with
/// their versions, across restarts.
///
/// Called by the gateway and the composition root. Nothing here starts a thread; a decision blocks
/// only when its policy calls extensions, a change of a policy blocks for a write.
@NullMarked
package dev.reeve.service.route;

import org.jspecify.annotations.NullMarked;
