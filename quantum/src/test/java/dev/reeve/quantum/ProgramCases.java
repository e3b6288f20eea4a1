package dev.reeve.quantum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Tables of programs: a heading, the program, and what is found of it in lines that begin with `!
/// `. With `-Dgolden.update=true` they are written again.
public final class ProgramCases {
  private ProgramCases() {}

  /// One of them.
  public record Case(String name, String program, List<String> expected) {}

  /// The cases of a file of `src/test/resources`.
  public static List<Case> read(String golden) {
    List<Case> cases = new ArrayList<>();
    String[] sections = ("\n" + Programs.resource("/" + golden)).split("\n## ", -1);
    for (int i = 1; i < sections.length; i++) {
      List<String> program = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      List<String> lines = sections[i].lines().toList();
      for (String line : lines.subList(1, lines.size())) {
        if (line.startsWith("! ")) {
          expected.add(line.substring(2));
        } else if (!line.isEmpty()) {
          program.add(line);
        }
      }
      cases.add(new Case(lines.getFirst(), String.join("\n", program), expected));
    }
    return cases;
  }

  /// Writes what is found now, when that is wanted.
  public static void update(String golden, List<Case> cases, Function<String, List<String>> found) {
    if (!Boolean.getBoolean("golden.update")) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Case each : cases) {
      text.append(text.isEmpty() ? "" : "\n").append("## ").append(each.name()).append('\n');
      text.append(each.program()).append('\n');
      found.apply(each.program()).forEach(line -> text.append("! ").append(line).append('\n'));
    }
    try {
      Files.writeString(Path.of("src/test/resources", golden), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
