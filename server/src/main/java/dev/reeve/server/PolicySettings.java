package dev.reeve.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the policy comes from and what is asked of it.
///
/// @param url a policy that is fetched, merged before the files
/// @param files files and folders, merged in order; without them and without an address the one in
///   the data directory
/// @param invariants the floor
/// @param shadows policies that are asked beside the one in force
/// @param signatures what is asked of signatures over the files
public record PolicySettings(
    Optional<PolicyUrl> url,
    List<Path> files,
    Optional<Path> invariants,
    List<Path> shadows,
    PolicySignatures signatures) {
  public PolicySettings {
    files = List.copyOf(files);
    shadows = List.copyOf(shadows);
  }

  /// One file, or the one in the data directory.
  public static PolicySettings of(Optional<Path> file) {
    return new PolicySettings(
        Optional.empty(),
        file.stream().toList(),
        Optional.empty(),
        List.of(),
        PolicySignatures.NOT_ASKED);
  }
}
