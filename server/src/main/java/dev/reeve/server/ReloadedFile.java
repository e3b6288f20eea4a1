package dev.reeve.server;

import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A text file that is read again when it changes. A server does not start with a broken one; a
/// running one keeps what the last good one said, and says so. One that cannot be read now is tried
/// again at each look. [#get] on any thread; [#look] by one at a time.
final class ReloadedFile<T> implements Supplier<T> {
  private static final Logger log = LoggerFactory.getLogger(ReloadedFile.class);

  /// Of no file: the next look reads it.
  private static final String UNREAD = "";

  private final Path file;
  private final int bytesMax;
  private final ProblemCode invalid;
  private final Function<String, T> parser;
  private volatile T current;
  private volatile String trouble = "";
  private String stamp;

  private ReloadedFile(Path file, int bytesMax, ProblemCode invalid, Function<String, T> parser)
      throws IOException {
    this.file = file;
    this.bytesMax = bytesMax;
    this.invalid = invalid;
    this.parser = parser;
    stamp = GovernanceFiles.stamp(file);
    current = read();
  }

  /// @param invalid what a file is refused as that cannot be read or is too large
  /// @param parser throws a [ProblemException] for what cannot be taken
  /// @throws ProblemException when it cannot be taken now
  static <T> ReloadedFile<T> open(
      Path file, int bytesMax, ProblemCode invalid, Function<String, T> parser) {
    try {
      return new ReloadedFile<>(file, bytesMax, invalid, parser);
    } catch (IOException e) {
      throw unreadable(invalid, file, e);
    }
  }

  /// What the last good file said.
  @Override
  public T get() {
    return current;
  }

  /// What is wrong with the file; empty when nothing is.
  String trouble() {
    return trouble;
  }

  /// Reads it again when it has changed.
  void look() {
    String now = GovernanceFiles.stamp(file);
    if (now.equals(stamp)) {
      return;
    }
    try {
      current = read();
      stamp = now;
      trouble = "";
      log.info("file read again file={}", file);
    } catch (ProblemException e) {
      stamp = now;
      complain(e);
    } catch (IOException e) {
      stamp = UNREAD;
      complain(unreadable(invalid, file, e));
    }
  }

  private T read() throws IOException {
    if (Files.size(file) > bytesMax) {
      throw invalid.because(file + ": larger than " + bytesMax + " bytes").toException();
    }
    return parser.apply(Files.readString(file, StandardCharsets.UTF_8));
  }

  private void complain(ProblemException refusal) {
    String now = refusal.problem().message() + "; what it said before is in force";
    if (!now.equals(trouble)) {
      log.warn("file not taken reason={}", refusal.problem().message());
    }
    trouble = now;
  }

  private static ProblemException unreadable(ProblemCode invalid, Path file, IOException cause) {
    return invalid.because(file + ": cannot be read: " + cause.getMessage()).toException();
  }
}
