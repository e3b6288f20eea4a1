/// Holds the shape of the protocol: text goldens of the descriptor set, the tables of the published
/// contracts, and message bytes written out by hand. What the services do with the messages is not
/// tested here. Single-threaded.
@NullMarked
package dev.reeve.conformance.wire;

import org.jspecify.annotations.NullMarked;
