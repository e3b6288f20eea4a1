/// Which provider takes a call, why, and at what cost: routing policies and their versions, the
/// decision, and what it remembers (breakers, pins of sessions, buckets, quotas, what was
/// observed).
///
/// No threads, no input or output: clock and chance are arguments, extensions are called through a
/// port of the caller's. A decision without extensions never blocks and takes about a microsecond,
/// so it may run on an event loop. Everything public is immutable or thread-safe. Called by
/// `service`, `gateway` and the offline commands; knows `base` alone.
@NullMarked
package dev.reeve.routing;

import org.jspecify.annotations.NullMarked;
