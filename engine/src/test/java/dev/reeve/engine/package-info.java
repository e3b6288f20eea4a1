/// Behaviour tests of the writer: driven by hand, one group after the other, over an in-memory log
/// that fails on demand and a clock that stands still.
@NullMarked
package dev.reeve.engine;

import org.jspecify.annotations.NullMarked;
