package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.scan.CustomScanners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file with the scanners of the user. Read at start; a server does not start without the
/// scanners that it was told to have.
final class ScannersFile {
  private static final int BYTES_MAX = 1024 * 1024;

  private ScannersFile() {}

  /// Reads the file if there is one.
  ///
  /// @throws ProblemException naming file and reason
  static Optional<CustomScanners> read(Optional<Path> file) {
    return file.map(ScannersFile::read);
  }

  private static CustomScanners read(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw unreadable(file, "larger than 1 MiB").toException();
      }
      return CustomScanners.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(file, e.getClass().getSimpleName() + ": " + e.getMessage()).toException();
    }
  }

  private static Problem unreadable(Path file, String reason) {
    return ServerProblems.SCANNERS_FILE_UNREADABLE.because(
        "scanners.file: " + file + " (" + reason + ")");
  }
}
