/// Our own API, `reeve.v1`: jobs, approvals, workers, the server itself and its audit tree. A
/// decoder, an encoder, a status table; what happens is decided by the use cases of `service`.
///
/// Called by the gateway's chain. Handlers of inline actions run on the event loop and never block,
/// the others on a virtual thread.
@NullMarked
package dev.reeve.gateway.reeve;

import org.jspecify.annotations.NullMarked;
