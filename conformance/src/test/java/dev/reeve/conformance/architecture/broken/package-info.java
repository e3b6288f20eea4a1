/// A small house that breaks every rule once, so that a test can see the rules fail. Not run, not
/// shipped.
@NullMarked
package dev.reeve.conformance.architecture.broken;

import org.jspecify.annotations.NullMarked;
