package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import java.util.List;

/// A log as its store keeps it, for verifiers. A port: implemented over a database that may be in
/// use, so what is newer than [#edge()] may show up and is passed over. Blocks.
public interface StoredLog {
  /// Where the log stands. Always the same for one instance.
  Edge edge();

  /// Commits in ascending position.
  ///
  /// @param afterPosition only those with a larger one
  /// @param limit at most so many
  /// @throws AuditDamage when one cannot be read
  List<StoredCommit> commits(long afterPosition, int limit);

  /// Full tiles in ascending number.
  ///
  /// @param limit at most so many
  /// @throws AuditDamage when one cannot be read
  List<HashTile> tiles(long fromNumber, int limit);

  /// Where a log stands.
  ///
  /// @param position number of the newest commit
  /// @param leafCount number of leaves
  /// @param frontier serialised [MerkleFrontier] over them
  record Edge(long position, long leafCount, Bytes frontier) {}

  /// The leaves of one commit.
  ///
  /// @param position its number
  /// @param atMicros its time
  /// @param leaves as hashed
  record StoredCommit(long position, long atMicros, List<Bytes> leaves) {
    public StoredCommit {
      leaves = List.copyOf(leaves);
    }
  }
}
