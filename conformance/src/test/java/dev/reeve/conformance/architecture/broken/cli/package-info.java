/// Part of the broken house, see the package above.
@NullMarked
package dev.reeve.conformance.architecture.broken.cli;

import org.jspecify.annotations.NullMarked;
