package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.server.files.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/// The files of governance: read up to a limit, written as a whole.
final class GovernanceFiles {
  private static final int CHUNK_BYTES = 64 * 1024;

  private GovernanceFiles() {}

  /// The whole file; empty when there is none.
  static Optional<Bytes> read(Path file, int bytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new IOException("larger than " + bytesMax + " bytes");
      }
      return Optional.of(Bytes.wrap(bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Changes whenever the file does; costs a stat.
  static String stamp(Path file) {
    try {
      return FileStamp.of(file);
    } catch (IOException e) {
      return "none: " + e.getClass().getSimpleName();
    }
  }

  /// Writes the file, or leaves what was there.
  static void write(Path file, Bytes content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content.toArray());
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Writes the file, or leaves what was there; on disk when it returns.
  static void writeDurably(Path file, Bytes content) throws IOException {
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    Files.createDirectories(folder);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content.toArray());
    moveDurably(part, file);
  }

  /// Puts a file that was written in place of another one of its folder; on disk when it returns.
  static void moveDurably(Path part, Path file) throws IOException {
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    flush(part, StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    flush(folder, StandardOpenOption.READ);
  }

  /// Brings to disk that a file is in its folder.
  static void flushFolder(Path file) throws IOException {
    flush(
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder"),
        StandardOpenOption.READ);
  }

  private static void flush(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /// Writes a new file that nobody else may read.
  static void writeSecret(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
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
}
