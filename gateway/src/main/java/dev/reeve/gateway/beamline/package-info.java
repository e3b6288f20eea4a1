/// The BeamLine API: routing decisions and routing policies over gRPC, and the same over the bus as
/// JSON in three forms. A decoder, an encoder, a status table and a problem table.
///
/// Called by the gateway's chain on event loops and virtual threads, by the bus on its handlers'
/// threads, and by programs that decide without a server.
@NullMarked
package dev.reeve.gateway.beamline;

import org.jspecify.annotations.NullMarked;
