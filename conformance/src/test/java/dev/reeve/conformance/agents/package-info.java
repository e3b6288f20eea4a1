/// Workers of the agent protocol as their authors write them: in another language, from the
/// contract, over a real broker, each a process of its own.
@NullMarked
package dev.reeve.conformance.agents;

import org.jspecify.annotations.NullMarked;
