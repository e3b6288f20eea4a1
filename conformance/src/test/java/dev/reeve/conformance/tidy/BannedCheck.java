package dev.reeve.conformance.tidy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words that must not appear, each with what to write instead. The list is `tidy/banned.txt`.
final class BannedCheck implements TidyCheck {
  private static final String LIST = "/tidy/banned.txt";

  private static final List<String> SPEAKS_OF_BANS = List.of(LIST, "/tidy/TidyChecksTest.java");

  private final List<Ban> bans;

  private BannedCheck(List<Ban> bans) {
    this.bans = bans;
  }

  /// The bans of this repository.
  static BannedCheck load() {
    try (InputStream list = Objects.requireNonNull(BannedCheck.class.getResourceAsStream(LIST))) {
      return parse(new String(list.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BannedCheck parse(String list) {
    return new BannedCheck(
        list.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Ban::parse)
            .toList());
  }

  @Override
  public List<Finding> check(Repository repository) {
    List<Finding> findings = new ArrayList<>();
    for (SourceFile file : repository.files()) {
      if (SPEAKS_OF_BANS.stream().anyMatch(file.path()::endsWith)) {
        continue;
      }
      for (Ban ban : bans) {
        if (ban.covers(Path.of(file.path()))) {
          Matcher hit = ban.words().matcher(file.text());
          while (hit.find()) {
            findings.add(
                file.findingAt(
                    hit.start(), hit.group().strip() + " (expected: " + ban.instead() + ")"));
          }
        }
      }
    }
    return findings;
  }

  private record Ban(
      List<PathMatcher> where, List<PathMatcher> except, Pattern words, String instead) {
    static Ban parse(String line) {
      String[] parts = line.split(" {2,}", 3);
      if (parts.length != 3) {
        throw new IllegalArgumentException(
            "banned.txt: " + line + " (expected: files, words and advice, two blanks between)");
      }
      List<PathMatcher> where = new ArrayList<>();
      List<PathMatcher> except = new ArrayList<>();
      for (String glob : parts[0].split(" ", -1)) {
        boolean excepted = glob.startsWith("!");
        (excepted ? except : where)
            .add(
                FileSystems.getDefault()
                    .getPathMatcher("glob:" + glob.substring(excepted ? 1 : 0)));
      }
      return new Ban(where, except, Pattern.compile(parts[1], Pattern.MULTILINE), parts[2]);
    }

    boolean covers(Path path) {
      return where.stream().anyMatch(glob -> glob.matches(path))
          && except.stream().noneMatch(glob -> glob.matches(path));
    }
  }
}
