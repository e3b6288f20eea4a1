package dev.reeve.service;

import dev.reeve.ledger.ConsistencyProof;
import dev.reeve.ledger.InclusionProof;
import dev.reeve.ledger.LeafHashes;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.MerkleTree;
import dev.reeve.ledger.NodeCache;
import dev.reeve.ledger.TreeHasher;

/// Proofs over the receipts of this log. The first one after a start reads every tile once; later
/// ones read one or two. Blocks; safe on any thread.
public final class ReceiptProofs {
  private final LeafHashes hashes;
  private final NodeCache nodes = new NodeCache();

  public ReceiptProofs(LeafHashes hashes) {
    this.hashes = hashes;
  }

  /// Shows that a receipt is in the tree of a size.
  ///
  /// @throws dev.reeve.base.ProblemException when the log never had this size or no such receipt
  public InclusionProof inclusion(long index, long size) {
    return tree().inclusion(index, size);
  }

  /// Shows that the tree of the first size was only appended to.
  ///
  /// @throws dev.reeve.base.ProblemException when the log never had one of the sizes
  public ConsistencyProof consistency(long from, long to) {
    return tree().consistency(from, to);
  }

  /// The right edge of the tree of a size.
  ///
  /// @throws dev.reeve.base.ProblemException when the log never had this size
  MerkleFrontier frontier(long size) {
    return tree().frontier(size);
  }

  private MerkleTree tree() {
    return new MerkleTree(hashes, TreeHasher.create(), nodes);
  }
}
