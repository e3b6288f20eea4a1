/// The edge: the chain that every call passes, and what the dialects share. Each dialect is a
/// package of its own beside this one: a decoder, an encoder, a status table and a problem table.
///
/// Handlers registered as inline run on the event loop and never block; the others run on a virtual
/// thread. Nothing in here decides anything about jobs.
@NullMarked
package dev.reeve.gateway;

import org.jspecify.annotations.NullMarked;
