package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LeafEncoder;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Merkle log as the writer grows it: the committed frontier, and the hashes of the last tile
/// that is not full yet. Confined to the writer's thread.
final class ReceiptTree {
  private static final int JOURNAL_WINDOW = 512;

  private final TreeHasher hasher;
  private MerkleFrontier frontier;
  private @Nullable HashTile partial;

  private ReceiptTree(MerkleFrontier frontier, @Nullable HashTile partial) {
    hasher = TreeHasher.create();
    this.frontier = frontier;
    this.partial = partial;
  }

  /// Reads back the hashes of the last tile from the journal.
  static ReceiptTree restore(LogHead head, JobArchive archive) throws StoreException {
    MerkleFrontier frontier =
        head.frontier().isEmpty() ? MerkleFrontier.EMPTY : MerkleFrontier.read(head.frontier());
    int missing = (int) (frontier.size() % HashTile.WIDTH);
    ReceiptTree tree = new ReceiptTree(frontier, null);
    List<Bytes> leaves = new ArrayList<>();
    long before = head.position();
    while (leaves.size() < missing) {
      Check.state(before > 0, "journal: lacks %s leaves", missing - leaves.size());
      long from = Math.max(0, before - JOURNAL_WINDOW);
      List<Bytes> window = new ArrayList<>();
      for (JobArchive.JournalRow row : archive.journal(from, (int) (before - from))) {
        window.addAll(JournalDocument.read(row.bytes()).leaves());
      }
      window.addAll(leaves);
      leaves = window;
      before = from;
    }
    List<Bytes> hashes = new ArrayList<>(missing);
    for (Bytes leaf : leaves.subList(leaves.size() - missing, leaves.size())) {
      hashes.add(tree.hasher.leaf(leaf));
    }
    tree.partial = hashes.isEmpty() ? null : tile(HashTile.numberOf(frontier.size()), hashes);
    return tree;
  }

  long size() {
    return frontier.size();
  }

  Bytes hash(LeafEncoder encoder, Leaf leaf) {
    return encoder.hash(leaf, hasher);
  }

  /// The tree with these leaf hashes behind its own; not in force until [#accept].
  Grown grow(List<Bytes> leafHashes) {
    List<Commit.TileRow> full = new ArrayList<>(1);
    HashTile open = partial;
    long index = frontier.size();
    int from = 0;
    while (from < leafHashes.size()) {
      int room = HashTile.WIDTH - (open == null ? 0 : open.count());
      int to = Math.min(leafHashes.size(), from + room);
      List<Bytes> run = leafHashes.subList(from, to);
      HashTile next = open == null ? tile(HashTile.numberOf(index), run) : open.plus(run);
      index += run.size();
      from = to;
      if (next.isFull()) {
        full.add(new Commit.TileRow(next.number(), next.hashes()));
        open = null;
      } else {
        open = next;
      }
    }
    return new Grown(frontier.append(hasher, leafHashes), open, full);
  }

  /// The tree as committed, for others.
  TreeEdge edge(LogHead head) {
    return new TreeEdge(head, Optional.ofNullable(partial));
  }

  void accept(Grown grown) {
    frontier = grown.frontier();
    partial = grown.partial();
  }

  private static HashTile tile(long number, List<Bytes> hashes) {
    HashTile first = new HashTile(number, hashes.getFirst());
    return hashes.size() == 1 ? first : first.plus(hashes.subList(1, hashes.size()));
  }

  /// What the tree becomes with a commit.
  ///
  /// @param frontier its right edge
  /// @param partial the last tile, when it is not full
  /// @param full tiles that became full
  record Grown(MerkleFrontier frontier, @Nullable HashTile partial, List<Commit.TileRow> full) {}
}
