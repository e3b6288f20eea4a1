package dev.reeve.engine;

import dev.reeve.engine.port.LogHead;
import dev.reeve.ledger.HashTile;
import java.util.Optional;

/// Where the receipts stand after a commit.
///
/// @param head the log's head, with the right edge of the tree
/// @param partial hashes of the last tile; empty when it is full, and then stored
public record TreeEdge(LogHead head, Optional<HashTile> partial) {}
