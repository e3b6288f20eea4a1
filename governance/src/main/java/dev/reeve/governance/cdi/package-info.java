/// The decision point (CDI): whether an action may be taken at all, and whether an output says what
/// it must not. Consent first, then the ceiling of the genome, then the conscience, whose rules are
/// data in a versioned pack.
///
/// Pure; who keeps consent and who reads the genome give it as arguments
/// ([dev.reeve.governance.cdi.CapabilityCeiling]). Immutable and thread-safe.
@NullMarked
package dev.reeve.governance.cdi;

import org.jspecify.annotations.NullMarked;
