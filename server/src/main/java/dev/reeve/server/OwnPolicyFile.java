package dev.reeve.server;

import dev.reeve.policy.DefaultPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy in the data directory, which a server uses when none was named.
final class OwnPolicyFile {
  private static final Logger log = LoggerFactory.getLogger(OwnPolicyFile.class);
  private static final String NAME = "policy.yaml";
  private static final String WRITTEN_MARK = "policy.written";

  private OwnPolicyFile() {}

  /// The file, written at the very first start and never again.
  ///
  /// @throws dev.reeve.base.ProblemException when it cannot be written
  static Path in(Path data) {
    Path file = data.resolve(NAME);
    Path mark = data.resolve(WRITTEN_MARK);
    if (!Files.exists(file) && !Files.exists(mark)) {
      try {
        Files.createDirectories(data);
        Files.write(file, DefaultPolicy.file().toArray());
        Files.createFile(mark);
        log.info("default policy written file={}", file);
      } catch (IOException e) {
        throw ServerProblems.POLICY_FILE_NOT_WRITABLE
            .because(
                "policy.file: "
                    + file
                    + " ("
                    + e.getClass().getSimpleName()
                    + ": "
                    + e.getMessage()
                    + ")")
            .toException();
      }
    }
    return file;
  }
}
