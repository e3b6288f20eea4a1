package dev.reeve.governance.genome;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Compares the build manifest of a genome with the files that are there.
public final class BuildManifest {
  private BuildManifest() {}

  /// What does not match, one sentence each; empty when all do.
  ///
  /// @param digests hex of the SHA-256 of a file by its path in the manifest; empty when there is
  ///   no such file
  public static List<String> mismatches(Genome genome, Function<String, Optional<String>> digests) {
    List<String> mismatches = new ArrayList<>();
    for (Genome.ManifestFile file : genome.files()) {
      if (leavesRoot(file.path())) {
        mismatches.add(file.path() + ": leaves the folder");
        continue;
      }
      Optional<String> digest = digests.apply(file.path());
      if (digest.isEmpty()) {
        mismatches.add(file.path() + ": missing");
      } else if (!digest.get().equals(file.sha256().toLowerCase(Locale.ROOT))) {
        mismatches.add(file.path() + ": other content");
      }
    }
    return mismatches;
  }

  /// Whether a path would lead out of the folder that the manifest speaks of.
  static boolean leavesRoot(String path) {
    return path.startsWith("/")
        || path.indexOf('\\') >= 0
        || path.indexOf('\0') >= 0
        || List.of(path.split("/", -1)).contains("..");
  }
}
