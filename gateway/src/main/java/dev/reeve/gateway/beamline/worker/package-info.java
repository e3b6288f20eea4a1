/// The workers of the BeamLine API on the bus: what they are given, what they answer, and who of
/// them lives. Their messages are JSON, results and acknowledgements protobuf too.
///
/// Knows nothing of how providers are chosen; the router's side calls in here. Handlers run on the
/// bus's threads and never wait for one another.
@NullMarked
package dev.reeve.gateway.beamline.worker;

import org.jspecify.annotations.NullMarked;
