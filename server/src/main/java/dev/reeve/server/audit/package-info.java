/// The audit log as this process keeps it beside the data: keys and signed heads as files, the
/// check at start that the database still is what was signed, the thread that signs, and what the
/// offline commands read.
///
/// The tree, its proofs and the verifiers are in [dev.reeve.ledger]; nothing here decides what a
/// receipt says. Called by the composition root at start and stop, and by offline commands.
@NullMarked
package dev.reeve.server.audit;

import org.jspecify.annotations.NullMarked;
