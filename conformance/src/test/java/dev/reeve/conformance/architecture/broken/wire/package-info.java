/// Part of the broken house, see the package above.
@NullMarked
package dev.reeve.conformance.architecture.broken.wire;

import org.jspecify.annotations.NullMarked;
