package dev.reeve.server;

import dev.reeve.cli.Console;
import dev.reeve.testing.Golden;
import dev.reeve.testing.RepositoryRoot;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Keeps the reference page of the configuration that of the program.
class ConfigurationPageTest {
  private static final Path PAGE = RepositoryRoot.path().resolve("docs/reference/configuration.md");
  private static final int COLUMNS = 96;

  @Test
  void the_page_shows_every_key_and_flag() {
    CommandLine up = new CommandLine(new UpCommand(Console.system(Map.of()), Map.of()));
    new CommandLine(CommandLine.Model.CommandSpec.create().name("reeve")).addSubcommand(up);
    String help = up.setUsageHelpWidth(COLUMNS).getUsageMessage(CommandLine.Help.Ansi.OFF);

    Golden.holdSection(PAGE, "defaults", block("yaml", ConfigTemplate.text()));
    Golden.holdSection(PAGE, "up", block("text", help));
  }

  private static String block(String kind, String text) {
    return "```" + kind + "\n" + text.stripTrailing() + "\n```\n";
  }
}
