/// The composition root: reads the configuration, opens the store, wires the parts by plain
/// constructors, starts the threads, and stops everything in order.
///
/// The only module that starts threads and reads clocks, files and the environment.
@NullMarked
package dev.reeve.server;

import org.jspecify.annotations.NullMarked;
