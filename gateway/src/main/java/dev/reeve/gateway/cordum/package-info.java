/// The Cordum API, `cordum.v1.CordumApi`: agent jobs from a prompt. A decoder, an encoder, a status
/// table and a problem table.
///
/// Called by the gateway's chain; its handlers run on virtual threads.
@NullMarked
package dev.reeve.gateway.cordum;

import org.jspecify.annotations.NullMarked;
