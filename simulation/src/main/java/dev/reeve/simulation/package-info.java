/// The engine in a world that is made up: one thread, a clock that moves when told, a store that
/// fails, processes that die, workers that answer late, clients that ask twice. A seed decides
/// everything, so a failure can be repeated; an oracle watches from outside and knows only what was
/// answered and what is stored. Nothing but tests; nobody calls it.
@NullMarked
package dev.reeve.simulation;

import org.jspecify.annotations.NullMarked;
