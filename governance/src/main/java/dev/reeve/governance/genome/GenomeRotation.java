package dev.reeve.governance.genome;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a genome may follow the one in force. Both are valid in themselves.
///
/// The new one is signed by a threshold of the old authority, keys that either revokes not counted;
/// it names the old one among its parents; its sequence is higher. So a stolen new key alone does
/// nothing, and an older genome does not come back.
public final class GenomeRotation {
  private GenomeRotation() {}

  /// Why it may not; empty when it may. The same genome again is no rotation and may.
  public static Optional<String> refusal(Genome old, Genome next) {
    if (old.id().equals(next.id())) {
      return Optional.empty();
    }
    if (next.sequence() <= old.sequence()) {
      return Optional.of(
          "sequence: "
              + next.sequence()
              + " (expected: above "
              + old.sequence()
              + ", no rollback)");
    }
    if (!next.parents().contains(old.id())) {
      return Optional.of("parents: without the genome in force (expected: " + old.id() + ")");
    }
    Set<String> kept = new HashSet<>(next.revokedKeys());
    if (!kept.containsAll(old.revokedKeys())) {
      return Optional.of("revoked_keys: a key is missing (expected: what was revoked stays so)");
    }
    List<String> problems = new ArrayList<>();
    int good = GenomeVerifier.goodSigners(next, old.authority(), kept, problems);
    return good >= old.authority().threshold()
        ? Optional.empty()
        : Optional.of(
            good
                + " of "
                + old.authority().threshold()
                + " signers of the genome in force signed it ("
                + String.join("; ", problems)
                + ")");
  }
}
