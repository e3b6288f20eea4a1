package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the sources are, for tests that read them: the nearest folder above the working folder
/// that holds the parent `pom.xml`, or what `-Dreeve.root` names.
public final class RepositoryRoot {
  private RepositoryRoot() {}

  /// The absolute path of the root; throws when the tests run outside a repository.
  public static Path path() {
    String named = System.getProperty("reeve.root", "");
    Path start = Path.of(named).toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (isParent(folder.resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "reeve.root: " + start + " (expected: a folder inside the Reeve repository)");
  }

  private static boolean isParent(Path pom) {
    try {
      return Files.exists(pom)
          && Files.readString(pom).contains("<artifactId>reeve</artifactId>\n  <version>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
