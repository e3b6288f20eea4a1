/// What other modules' tests share: a settable clock, seeded randomness, waiting for a condition,
/// free ports, and real servers to test against. Nothing here fakes a port of the engine; such
/// fakes live beside their contract test. In scope `test` only: no shipped code depends on this
/// package.
@NullMarked
package dev.reeve.testing;

import org.jspecify.annotations.NullMarked;
