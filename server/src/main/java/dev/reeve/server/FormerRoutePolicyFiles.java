package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.service.route.RoutePolicyDocuments;
import dev.reeve.service.route.RoutePolicyHistory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routing policies with their versions in `DATA/routing`, a file for each policy, as servers wrote
/// them before versions lay in the store. Called by one thread at a time.
final class FormerRoutePolicyFiles {
  private static final Logger log = LoggerFactory.getLogger(FormerRoutePolicyFiles.class);
  private static final int SIZE_MAX = 128 * 1024 * 1024;

  private final Path folder;

  FormerRoutePolicyFiles(Path data) {
    folder = data.resolve("routing");
  }

  /// Brings what they say into the store and removes them; does nothing when there are none. Ended
  /// in between, it is done again by the next start.
  ///
  /// @param taker keeps a history durably; false when the store has another one of that policy.
  ///   Such a file stays as `NAME.json.old`
  /// @throws IOException when one cannot be read; it and those after it stay
  void moveTo(Predicate<RoutePolicyHistory> taker) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path file : files()) {
      if (taker.test(read(file))) {
        Files.delete(file);
      } else {
        Path old = file.resolveSibling(file.getFileName() + ".old");
        log.warn("routing policy kept aside, the store has another history of it file={}", old);
        Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (isEmpty()) {
      Files.delete(folder);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.json")) {
      all.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  private boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      return !all.iterator().hasNext();
    }
  }

  private static RoutePolicyHistory read(Path file) throws IOException {
    Bytes bytes =
        GovernanceFiles.read(file, SIZE_MAX).orElseThrow(() -> new IOException(file + " is gone"));
    try {
      CanonicalObject kept = CanonicalReader.object(bytes);
      String policyId = kept.text("policy");
      List<PolicyVersion> versions = new ArrayList<>();
      for (CanonicalObject version : kept.objects("versions")) {
        versions.add(RoutePolicyDocuments.version(policyId, version));
      }
      return new RoutePolicyHistory(kept.text("tenant"), policyId, versions);
    } catch (CanonicalFormatException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
