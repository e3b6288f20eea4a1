/// The message bus as the use cases and dialects see it: messages on subjects, at most once or
/// durably, and what becomes of each.
///
/// No broker is known here; the module `bus` has two adapters, one within the process and one for
/// NATS. Subjects follow the NATS rules in both. Nothing is ever only on the bus: what is published
/// follows what was committed, and what is received is acknowledged after it was.
///
/// Threads: methods of [Bus] never block. Handlers run on a virtual thread of their own
/// subscription, one message at a time, and futures complete on a virtual thread of their own; both
/// may block, which delays nobody else.
@NullMarked
package dev.reeve.service.bus;

import org.jspecify.annotations.NullMarked;
