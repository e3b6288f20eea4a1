package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds PostgreSQL's server programs, which distributions keep off `PATH`.
final class PostgresBinaries {
  private static final String INSTALL =
      "no PostgreSQL server found (expected: initdb on PATH or under /usr/lib/postgresql);"
          + " install with: sudo apt-get install -y --no-install-recommends postgresql";

  private PostgresBinaries() {}

  /// The folder of the newest version; throws with the line that installs one.
  static Path folder() {
    return candidates().stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("postgres")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(INSTALL));
  }

  private static List<Path> candidates() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    folders.addAll(versions(Path.of("/usr/lib/postgresql"), "*"));
    folders.addAll(versions(Path.of("/usr"), "pgsql-*"));
    folders.addAll(versions(Path.of("/opt/homebrew/opt"), "postgresql@*"));
    return folders;
  }

  private static List<Path> versions(Path parent, String glob) {
    List<Path> folders = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, glob)) {
        versions.forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    folders.sort(Comparator.comparingInt(PostgresBinaries::version).reversed());
    return folders;
  }

  /// 15 of `/usr/lib/postgresql/15/bin`, 16 of `postgresql@16/bin`.
  private static int version(Path bin) {
    String folder = String.valueOf(bin.getName(bin.getNameCount() - 2));
    String digits = folder.replaceFirst("^\\D+", "").replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
