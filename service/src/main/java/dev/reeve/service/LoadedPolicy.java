package dev.reeve.service;

import dev.reeve.policy.PolicySource;
import java.util.List;

/// What the policy in force was made of, for those who ask.
///
/// @param files in the order in which they were merged
/// @param trouble why the policy in force is not that of the files now; empty when it is
public record LoadedPolicy(List<File> files, String trouble) {
  /// One file.
  ///
  /// @param invariants whether it is the floor
  /// @param verified whether a signature over it was verified
  public record File(PolicySource source, boolean invariants, boolean verified) {}

  public LoadedPolicy {
    files = List.copyOf(files);
  }
}
