package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps the help texts of the reference pages those of the program. `-Dgolden.update=true` writes
/// them anew.
class ReferencePageTest {
  private static final List<Path> PAGES =
      Stream.of(
              "docs/reference/cli.md",
              "docs/reference/cli-governance.md",
              "docs/reference/cli-circuits.md")
          .map(RepositoryRoot.path()::resolve)
          .toList();
  private static final Pattern BLOCK =
      Pattern.compile(
          "```text\\n\\$ reeve ([a-z]+(?: [a-z]+)?) --help\\n.*?```\\n", Pattern.DOTALL);

  @Test
  void the_pages_show_the_help_of_every_command() throws IOException {
    StringBuilder shown = new StringBuilder();
    for (Path path : PAGES) {
      String page = Files.readString(path);
      String actual =
          BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(help(block.group(1))));
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(path, actual);
      } else {
        assertThat(page).isEqualTo(actual);
      }
      shown.append(actual);
    }

    assertThat(commands())
        .allSatisfy(command -> assertThat(shown).contains("$ reeve " + command + " --help"));
  }

  private static String help(String command) {
    String text = new CliRun().run((command + " --help").split(" ")).out();
    return "```text\n$ reeve " + command + " --help\n" + text.stripTrailing() + "\n```\n";
  }

  private static List<String> commands() {
    return Pattern.compile("^ {2}([a-z]+) ", Pattern.MULTILINE)
        .matcher(new CliRun().run("help").out())
        .results()
        .map(line -> line.group(1))
        .toList();
  }
}
