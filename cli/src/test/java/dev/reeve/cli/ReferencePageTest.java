package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Keeps the help texts of the reference page those of the program. `-Dgolden.update=true` writes
/// them anew.
class ReferencePageTest {
  private static final Path PAGE = RepositoryRoot.path().resolve("docs/reference/cli.md");
  private static final Pattern BLOCK =
      Pattern.compile(
          "```text\\n\\$ reeve ([a-z]+(?: [a-z]+)?) --help\\n.*?```\\n", Pattern.DOTALL);

  @Test
  void the_page_shows_the_help_of_every_command() throws IOException {
    String page = Files.readString(PAGE);
    String actual =
        BLOCK.matcher(page).replaceAll(block -> Matcher.quoteReplacement(help(block.group(1))));

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, actual);
    } else {
      assertThat(page).isEqualTo(actual);
    }
    for (String command : commands()) {
      assertThat(page).contains("$ reeve " + command + " --help");
    }
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
