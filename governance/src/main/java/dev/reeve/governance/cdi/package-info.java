/// The decision point (CDI): whether an action may be taken at all, and whether an output says what
/// it must not. Consent first, then the ceiling of the genome, then the conscience, whose rules are
/// data in a versioned pack.
///
/// What it allows is allowed once: a capability token is made for it, and spent when it is done.
///
/// Pure; who keeps consent and who reads the genome give it as arguments
/// ([dev.reeve.governance.cdi.CapabilityCeiling]). Thread-safe; immutable but for the ledger of
/// tokens.
@NullMarked
package dev.reeve.governance.cdi;

import org.jspecify.annotations.NullMarked;
