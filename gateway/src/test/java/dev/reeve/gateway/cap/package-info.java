/// Packets of the agent protocol by themselves; workers with a broker are tested in `conformance`.
@NullMarked
package dev.reeve.gateway.cap;

import org.jspecify.annotations.NullMarked;
