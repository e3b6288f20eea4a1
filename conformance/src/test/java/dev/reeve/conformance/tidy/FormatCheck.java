package dev.reeve.conformance.tidy;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Java sources look as google-java-format writes them, 100 columns. With `fix`, rewrites those
/// that do not, and finds nothing.
final class FormatCheck implements TidyCheck {
  private final boolean fix;

  FormatCheck(boolean fix) {
    this.fix = fix;
  }

  @Override
  public List<Finding> check(Repository repository) {
    return repository.files().parallelStream()
        .filter(SourceFile::isJava)
        .flatMap(file -> check(repository, file).stream())
        .toList();
  }

  private Optional<Finding> check(Repository repository, SourceFile file) {
    try {
      String formatted = format(file.text());
      if (formatted.equals(file.text())) {
        return Optional.empty();
      }
      if (fix) {
        Files.writeString(repository.root().resolve(file.path()), formatted);
        return Optional.empty();
      }
      return Optional.of(
          file.finding(firstDifference(file.text(), formatted), "format (expected: dev/format)"));
    } catch (FormatterException e) {
      return Optional.of(file.finding(1, "does not parse: " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String format(String source) throws FormatterException {
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    return StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
  }

  private static int firstDifference(String actual, String expected) {
    List<String> actualLines = actual.lines().toList();
    List<String> expectedLines = expected.lines().toList();
    int line = 0;
    while (line < actualLines.size()
        && line < expectedLines.size()
        && actualLines.get(line).equals(expectedLines.get(line))) {
      line++;
    }
    return line + 1;
  }
}
