/// Routing policies as files in a folder, for the server that keeps looking at them and for
/// commands that decide without a server.
///
/// Called by one thread at a time; reads files, decides nothing.
@NullMarked
package dev.reeve.server.route;

import org.jspecify.annotations.NullMarked;
