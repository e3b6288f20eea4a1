package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/// Files that the caller named, read up to a limit and written as a whole.
final class LocalFiles {
  private static final Pattern EMPTY_LIST = Pattern.compile("\\[\\s*]\\s*(#.*)?");

  private LocalFiles() {}

  /// The path for a name typed by the caller.
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(Text.quoteForMessage(name) + ": no file name")
          .toException();
    }
  }

  /// The whole file; more than `bytesMax` is refused.
  static byte[] read(Path file, int bytesMax) {
    if (Files.isDirectory(file)) {
      throw CliProblems.FILE_UNREADABLE
          .because(name(file) + ": is a folder (expected: a file)")
          .toException();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, name(file), bytesMax);
    } catch (NoSuchFileException e) {
      throw CliProblems.FILE_UNREADABLE.because(name(file) + ": no such file").toException();
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(name(file) + ": cannot be read")
          .with("cause", String.valueOf(e.getMessage()))
          .toException();
    }
  }

  /// All that is left of the stream; more than `bytesMax` is refused.
  static byte[] read(InputStream in, String name, int bytesMax) throws IOException {
    byte[] bytes = in.readNBytes(bytesMax);
    if (bytes.length == bytesMax && in.read() >= 0) {
      throw CliProblems.FILE_TOO_LARGE
          .because(name + ": too large (expected: at most " + bytesMax + " bytes)")
          .toException();
    }
    return bytes;
  }

  /// Writes a file that is either whole or not there: under another name first. What a link leads
  /// to is written, and a device or a pipe gets the bytes as they come: neither is replaced.
  static void write(Path file, Writing writing) {
    try {
      if (Files.isRegularFile(file)) {
        replace(file.toRealPath(), writing);
      } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        try (OutputStream out = Files.newOutputStream(file)) {
          writing.to(out);
        }
      } else {
        replace(file, writing);
      }
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(name(file) + ": cannot be written")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  private static void replace(Path file, Writing writing) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        writing.to(out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Adds an item to a YAML list with one item to a line, in a file that need not be there.
  ///
  /// @throws dev.reeve.base.ProblemException when the file holds anything else; it stays as it is
  static void appendItem(Path file, String item) {
    String line = "- " + item + "\n";
    try {
      String before = Files.exists(file) ? Files.readString(file) : "";
      List<String> content = before.lines().filter(LocalFiles::hasContent).toList();
      if (content.size() == 1 && EMPTY_LIST.matcher(content.getFirst()).matches()) {
        Files.writeString(file, line);
        return;
      }
      boolean plain =
          content.isEmpty()
              || (content.getFirst().startsWith("- ")
                  && content.stream().allMatch(LocalFiles::isItem));
      if (!plain) {
        throw CliProblems.FILE_UNREADABLE
            .because(name(file) + ": no plain list (expected: lines that begin with \"- \")")
            .toException();
      }
      Files.writeString(
          file,
          (endsWithin(before) ? "\n" : "") + line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(name(file) + ": cannot be written")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  private static boolean hasContent(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  /// Whether a line begins an item at the margin, or goes on with one.
  private static boolean isItem(String line) {
    return line.startsWith("- ") || line.startsWith("  ");
  }

  private static boolean endsWithin(String text) {
    return !text.isEmpty() && !text.endsWith("\n");
  }

  private static String name(Path file) {
    return Text.quoteForMessage(file.toString());
  }

  /// What goes into a file.
  interface Writing {
    void to(OutputStream out) throws IOException;
  }
}
