/// Workers of every family as their authors write them: in another language, from the contracts,
/// over a real broker, each a process of its own.
@NullMarked
package dev.reeve.conformance.workers;

import org.jspecify.annotations.NullMarked;
