package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A log in memory as a store keeps it: three receipts in each commit, full tiles, the edge. Its
/// parts can be changed, for tests that damage them.
final class SampleLog implements StoredLog {
  static final LogSigner SIGNER = LogSigner.forNewLog(new SecureRandom());

  private static final int LEAVES_PER_COMMIT = 3;

  final List<StoredCommit> commits = new ArrayList<>();
  final List<HashTile> tiles = new ArrayList<>();
  KeyHistory keys = KeyHistory.begin(SIGNER, 0, 1);
  Bytes frontier = Bytes.EMPTY;
  private final TreeHasher hasher = TreeHasher.create();
  private final List<Bytes> hashes = new ArrayList<>();
  private MerkleFrontier tree = MerkleFrontier.EMPTY;

  static SampleLog of(int leaves) {
    SampleLog log = new SampleLog();
    List<Bytes> group = new ArrayList<>();
    for (int i = 0; i < leaves; i++) {
      long position = log.commits.size() + 1L;
      group.add(leaf(position, i).toBytes());
      if (group.size() == LEAVES_PER_COMMIT || i == leaves - 1) {
        log.commit(group);
        group.clear();
      }
    }
    return log;
  }

  private static Leaf leaf(long position, long index) {
    Receipt receipt =
        Receipt.of("action:job:submit", index % 2 == 0 ? "allow" : "deny")
            .withSubject("acme", "job-" + index, "alice \u00fc")
            .withRule("rule-" + index, "because \"" + index + "\"", "cfg:1")
            .withInput(TreeHasher.create().leaf(Bytes.utf8("in " + index)));
    return new Leaf(position, index, 1_000 * position, List.of(1L, 2L), receipt);
  }

  private void commit(List<Bytes> leaves) {
    commits.add(new StoredCommit(commits.size() + 1L, 1_000L * (commits.size() + 1), leaves));
    for (Bytes leaf : leaves) {
      hashes.add(hasher.leaf(leaf));
      tree = tree.append(hasher, hashes.getLast());
      if (hashes.size() % HashTile.WIDTH == 0) {
        int number = hashes.size() / HashTile.WIDTH - 1;
        tiles.add(tile(number, HashTile.WIDTH));
      }
    }
    frontier = tree.toBytes();
  }

  private HashTile tile(int number, int count) {
    int from = number * HashTile.WIDTH;
    return new HashTile(number, hashes.get(from)).plus(hashes.subList(from + 1, from + count));
  }

  int size() {
    return hashes.size();
  }

  /// The hashes of the tile that is not full at a size.
  Optional<HashTile> partial(int size) {
    int count = size % HashTile.WIDTH;
    return count == 0 ? Optional.empty() : Optional.of(tile(size / HashTile.WIDTH, count));
  }

  TreeHead head(int size) {
    MerkleFrontier edge = MerkleFrontier.EMPTY.append(hasher, hashes.subList(0, size));
    return SIGNER.sign(new Checkpoint(keys.origin(), size, edge.root(hasher), 7_000));
  }

  StoredLogVerifier.Against against(int signedSize) {
    return new StoredLogVerifier.Against(
        head(signedSize), keys, partial(signedSize), Optional.empty());
  }

  /// The lines of an export.
  List<Bytes> export() {
    List<Bytes> lines = new ArrayList<>();
    StoredLogVerifier.verify(this, against(size()), line -> lines.add(line.toBytes()));
    lines.add(new ExportLine.Head(keys.records(), head(size())).toBytes());
    return lines;
  }

  /// One line that proves one receipt.
  Bytes proven(int index, int size) {
    MerkleTree of = new MerkleTree(TiledHashes.of(hashes), hasher);
    Bytes leaf = commits.get(index / LEAVES_PER_COMMIT).leaves().get(index % LEAVES_PER_COMMIT);
    return new ExportLine.Proven(
            Leaf.read(leaf),
            leaf,
            hashes.get(index),
            of.inclusion(index, size).path(),
            new ExportLine.Head(keys.records(), head(size)))
        .toBytes();
  }

  /// Lines as a file has them.
  static byte[] file(List<Bytes> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bytes line : lines) {
      out.writeBytes(line.unsafeArray());
      out.write('\n');
    }
    return out.toByteArray();
  }

  @Override
  public Edge edge() {
    return new Edge(commits.isEmpty() ? 0 : commits.getLast().position(), tree.size(), frontier);
  }

  @Override
  public List<StoredCommit> commits(long afterPosition, int limit) {
    return commits.stream()
        .filter(commit -> commit.position() > afterPosition)
        .limit(limit)
        .toList();
  }

  @Override
  public List<HashTile> tiles(long fromNumber, int limit) {
    return tiles.stream().filter(one -> one.number() >= fromNumber).limit(limit).toList();
  }
}
