/// Proofs over the whole repository: tidiness, architecture, wire goldens and parity between the
/// dialects. Only tests live here; nothing depends on this module and it depends on all others.
@NullMarked
package dev.reeve.conformance;

import org.jspecify.annotations.NullMarked;
