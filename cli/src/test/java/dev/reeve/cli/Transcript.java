package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A file of command lines, each with its exit code and what it prints. The lines that start with
/// `$ reeve` are the input, all else is compared; `-Dgolden.update=true` writes it anew.
final class Transcript {
  private static final String PROMPT = "$ reeve";
  private static final Path FOLDER = RepositoryRoot.path().resolve("cli/src/test/resources/golden");

  private Transcript() {}

  /// @param runner runs one command line
  /// @param mask takes out what differs from run to run
  /// @return how many commands were run
  static int check(
      String name, Function<List<String>, CliRun.Result> runner, Function<String, String> mask)
      throws IOException {
    Path file = FOLDER.resolve(name);
    String expected = Files.readString(file);
    StringBuilder actual = new StringBuilder();
    int count = 0;
    for (String line : expected.lines().toList()) {
      if ((line.startsWith("# ") && actual.isEmpty()) || line.startsWith("## ")) {
        actual.append(actual.isEmpty() ? "" : "\n").append(line).append('\n');
      } else if (line.startsWith(PROMPT)) {
        CliRun.Result result = runner.apply(words(line.substring(PROMPT.length())));
        actual.append(actual.isEmpty() ? "" : "\n").append(line).append('\n');
        actual.append(mask.apply(result.out()));
        actual.append(mask.apply(result.err()));
        actual.append("exit ").append(result.exitCode()).append('\n');
        count++;
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, actual.toString());
    } else {
      assertThat(actual.toString()).isEqualTo(expected);
    }
    return count;
  }

  /// Splits as a shell would: blanks part words, single quotes keep them together, `\n` and `\e` in
  /// quotes are a line break and an escape.
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
        inWord = true;
      } else if (c == ' ' && !quoted) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words.stream().map(w -> w.replace("\\n", "\n").replace("\\e", "\033")).toList();
  }
}
