package dev.reeve.conformance.tidy;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The text files of a repository, read once, in path order. Build outputs, downloads and local
/// settings are left out, as `.gitignore` does.
record Repository(Path root, List<SourceFile> files) {
  private static final Set<String> SKIPPED =
      Set.of(".git", ".idea", ".settings", ".vscode", "node_modules", "reeve-data", "target");
  private static final long TEXT_BYTES_MAX = 4 << 20;

  Repository {
    files = List.copyOf(files);
  }

  /// This repository.
  static Repository read() {
    return read(RepositoryRoot.path());
  }

  static Repository read(Path root) {
    List<SourceFile> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return SKIPPED.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              boolean skipped = SKIPPED.contains(file.getFileName().toString());
              if (!skipped && attributes.isRegularFile() && attributes.size() <= TEXT_BYTES_MAX) {
                text(file).ifPresent(text -> files.add(sourceFile(root, file, text)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(Comparator.comparing(SourceFile::path));
    return new Repository(root, files);
  }

  boolean holds(String path) {
    return Files.exists(root.resolve(path));
  }

  Optional<SourceFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  private static SourceFile sourceFile(Path root, Path file, String text) {
    return new SourceFile(root.relativize(file).toString().replace('\\', '/'), text);
  }

  private static Optional<String> text(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
