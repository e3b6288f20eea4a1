/// The durable home of a log on SQLite (embedded, one directory) or PostgreSQL (shared by nodes):
/// adapters of the ports `JobLog`, `JobArchive` and `BlobStore`. Entry point: [Stores].
///
/// What the databases have in common is written once, in plain SQL, in [LogSql] and the classes
/// that run it; what differs sits behind [Database]. Rows carry bytes that only the engine
/// understands. This is the only package that imports `java.sql`. Called by the composition root,
/// then by the writer's thread and by readers on any thread.
@NullMarked
package dev.reeve.store;

import org.jspecify.annotations.NullMarked;
