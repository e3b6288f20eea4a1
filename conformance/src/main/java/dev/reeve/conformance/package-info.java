/// Proofs over the whole repository: tidiness, architecture, wire goldens, the product as its users
/// meet it, and the crash run. Nothing depends on this module and it depends on all others.
@NullMarked
package dev.reeve.conformance;

import org.jspecify.annotations.NullMarked;
