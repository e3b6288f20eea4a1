/// The audit ledger as pure functions: receipts, their canonical leaves, and the Merkle tree of RFC
/// 9162 over them.
///
/// The engine's writer makes leaves and grows a frontier inside its commit; the store keeps hashes
/// in tiles; a verifier reads them back through [dev.reeve.ledger.LeafHashes] and
/// [dev.reeve.ledger.StoredLog]. Heads of the tree are signed and exports verified here; where keys
/// and files are kept is for others. Nothing in here knows a job or a database. Nothing blocks
/// except what a given [dev.reeve.ledger.LeafHashes] does. Records are immutable; the other classes
/// name their threads.
@NullMarked
package dev.reeve.ledger;

import org.jspecify.annotations.NullMarked;
