package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeReading;
import dev.reeve.governance.genome.Signers;
import dev.reeve.governance.genome.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Optional;

/// Genomes and keys as files.
final class GenomeFiles {
  private static final int KEY_BYTES_MAX = 64 * 1024;
  private static final int CHUNK_BYTES = 64 * 1024;

  private GenomeFiles() {}

  static GenomeDocument document(String name) {
    Bytes bytes = bytes(name);
    try {
      return GenomeDocument.read(bytes);
    } catch (IllegalArgumentException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
  }

  /// A well-formed genome.
  static Genome genome(String name) {
    return genome(name, GenomeReader.read(bytes(name)));
  }

  static Genome genome(String name, GenomeReading reading) {
    return switch (reading) {
      case GenomeReading.Read read -> read.genome();
      case GenomeReading.Refused refused ->
          throw refused(name, String.join("\n  ", refused.problems()));
    };
  }

  static Genome.Signer signer(String name) {
    try {
      return Signers.read(text(name));
    } catch (IllegalArgumentException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
  }

  static SigningKey key(String name) {
    try {
      return SigningKey.read(text(name));
    } catch (IllegalArgumentException e) {
      throw refused(name, String.valueOf(e.getMessage()));
    }
  }

  /// Writes a file that nobody else may read, and never over another.
  static void writeSecret(Path file, String text) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw CliProblems.FILE_EXISTS
          .because(quoted(file.toString()) + ": is there already (expected: a new file)")
          .toException();
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(quoted(file.toString()) + ": cannot be written")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  /// Hex of the SHA-256 of a file below a folder; empty when there is no such file.
  static Optional<String> digest(Path root, String path) {
    Path file = root.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.newDigest();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(Bytes.wrap(digest.digest()).hex());
  }

  private static Bytes bytes(String name) {
    return Bytes.wrap(LocalFiles.read(LocalFiles.path(name), GenomeReader.SIZE_MAX));
  }

  private static String text(String name) {
    return Bytes.wrap(LocalFiles.read(LocalFiles.path(name), KEY_BYTES_MAX)).utf8();
  }

  private static ProblemException refused(String name, String message) {
    return CliProblems.ARGUMENT_INVALID.because(quoted(name) + ": " + message).toException();
  }

  private static String quoted(String name) {
    return Text.quoteForMessage(name);
  }
}
