package dev.reeve.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The migrations as they are packed.
final class MigrationFiles {
  private MigrationFiles() {}

  static List<String> names(String database) throws IOException {
    try {
      URI folder =
          Objects.requireNonNull(MigrationFiles.class.getResource(database), database).toURI();
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
