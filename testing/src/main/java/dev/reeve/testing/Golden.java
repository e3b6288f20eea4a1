package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Committed texts that a test compares with what is made now; the files of the module under test.
/// Rewritten only with `-Dgolden.update=true`, so that a change shows in review.
public final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  private Golden() {}

  /// A whole file below `src/test/resources/golden`.
  public static void hold(String file, String actual) {
    Path path = FOLDER.resolve(file);
    if (UPDATE) {
      write(path, actual);
    }
    assertThat(actual).as(hint(path)).isEqualTo(Files.exists(path) ? read(path) : "");
  }

  /// A file of lines that may only grow: forms that are stored somewhere are never edited.
  public static void holdAppendOnly(String file, List<String> actual) {
    Path path = FOLDER.resolve(file);
    List<String> known = Files.exists(path) ? read(path).lines().toList() : List.of();
    assertThat(actual).as("%s: lines are added, never changed", path).containsAll(known);
    hold(file, String.join("\n", actual) + "\n");
  }

  /// The part of a page between `<!-- generated: NAME -->` and `<!-- end -->`.
  public static void holdSection(Path page, String name, String actual) {
    String text = read(page);
    String begin = "<!-- generated: " + name + " -->\n\n";
    assertThat(text).as("sections of %s", page).contains(begin);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("\n<!-- end -->", from);
    if (UPDATE) {
      write(page, text.substring(0, from) + actual + text.substring(to));
      return;
    }
    assertThat(actual).as(hint(page)).isEqualTo(text.substring(from, to));
  }

  private static String hint(Path path) {
    return path + " (if the change is meant: -Dgolden.update=true)";
  }

  public static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String text) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
