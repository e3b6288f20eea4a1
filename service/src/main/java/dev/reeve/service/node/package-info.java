/// What a node does: it runs circuits that a server sends it on the simulators that the server has
/// too. Policy, receipts and results are the server's; nothing is kept here.
///
/// Called by an adapter that knows the wire, on the threads of its runs.
@NullMarked
package dev.reeve.service.node;

import org.jspecify.annotations.NullMarked;
