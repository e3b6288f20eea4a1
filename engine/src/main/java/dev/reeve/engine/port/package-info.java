/// What the engine needs from the outside: a durable log, its readers, blobs, executors. Interfaces
/// and the values they exchange, shaped by their use here; adapters are named by technology.
///
/// Each port says which thread calls it. Rows carry bytes that the engine made and only the engine
/// reads; an adapter never looks inside.
@NullMarked
package dev.reeve.engine.port;

import org.jspecify.annotations.NullMarked;
