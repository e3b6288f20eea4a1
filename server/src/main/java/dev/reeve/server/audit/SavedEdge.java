package dev.reeve.server.audit;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.engine.TreeEdge;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import java.util.Optional;

/// Where the receipts stood at a signed head: the right edge of the tree and the hashes of the tile
/// that was not full. It says nothing that the head does not vouch for; it makes a check at start
/// quick and a damaged receipt nameable.
///
/// @param frontier the edge
/// @param tile hashes of the last tile; empty when it was full
record SavedEdge(MerkleFrontier frontier, Optional<HashTile> tile) {
  private static final int VERSION = 1;

  static SavedEdge of(TreeEdge edge) {
    return new SavedEdge(MerkleFrontier.read(edge.head().frontier()), edge.partial());
  }

  /// Whether this is the tree of the head, and the hashes are those of the tree.
  boolean fits(TreeHead head) {
    TreeHasher hasher = TreeHasher.create();
    boolean sameTree =
        frontier.size() == head.checkpoint().size()
            && frontier.root(hasher).equals(head.checkpoint().root());
    return sameTree && frontier.endsWith(hasher, tile);
  }

  Bytes toBytes() {
    return new CanonicalWriter(512)
        .beginObject()
        .member("frontier", frontier.toBytes())
        .member("hashes", tile.map(HashTile::hashes).orElse(Bytes.EMPTY))
        .member("v", VERSION)
        .endObject()
        .toBytes();
  }

  /// @throws CanonicalFormatException when the bytes are not those of [#toBytes()]
  static SavedEdge read(Bytes bytes) {
    CanonicalObject object = CanonicalReader.object(bytes);
    if (object.number("v") != VERSION) {
      throw new CanonicalFormatException("edge: version " + object.number("v"));
    }
    MerkleFrontier frontier = MerkleFrontier.read(object.bytes("frontier"));
    Bytes hashes = object.bytes("hashes");
    try {
      return new SavedEdge(
          frontier,
          hashes.isEmpty()
              ? Optional.empty()
              : Optional.of(new HashTile(HashTile.numberOf(frontier.size()), hashes)));
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("edge: " + e.getMessage(), e);
    }
  }
}
