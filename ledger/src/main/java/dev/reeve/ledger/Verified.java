package dev.reeve.ledger;

/// What a verifier found in order.
///
/// @param head the signed head that everything was held against
/// @param keys the keys of the log
/// @param receipts how many receipts were hashed anew
/// @param pruned how many are known by their hash alone
/// @param unsigned how many came after the signed head: in order, and not signed yet
public record Verified(TreeHead head, KeyHistory keys, long receipts, long pruned, long unsigned) {}
