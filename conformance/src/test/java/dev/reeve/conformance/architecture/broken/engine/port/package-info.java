/// Part of the broken house, see the package above.
@NullMarked
package dev.reeve.conformance.architecture.broken.engine.port;

import org.jspecify.annotations.NullMarked;
