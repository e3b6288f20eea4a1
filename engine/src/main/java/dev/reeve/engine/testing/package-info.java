/// Ports of the engine that live in memory, and one that fails on demand: for tests, the simulator
/// and measurements. They pass the same contract suite as the adapters. Beside the real thing, so
/// that the engine's own tests can use them; a server is never wired with them.
@NullMarked
package dev.reeve.engine.testing;

import org.jspecify.annotations.NullMarked;
