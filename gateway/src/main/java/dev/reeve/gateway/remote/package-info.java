/// Clients of other servers that this one asks: a safety kernel and an output policy of the Cordum
/// contract, as adapters of the ports in `dev.reeve.service.decider`. Wire formats of these two and
/// nothing else; when they are asked and what their answer does is decided there.
///
/// Calls block and run within the context of the call that caused them: its end and its deadline
/// end them. Safe on any thread.
@NullMarked
package dev.reeve.gateway.remote;

import org.jspecify.annotations.NullMarked;
