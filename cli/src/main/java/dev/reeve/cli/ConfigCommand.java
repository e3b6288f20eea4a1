package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ConfigEntry;
import dev.reeve.wire.reeve.v1.GetConfigRequest;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve config print`: the configuration in force, and where each value comes from; or the
/// commented defaults, which need no server.
@Command(name = "config", description = "Print a server's configuration, or the defaults.")
final class ConfigCommand extends ClientCommand {
  private static final String SOURCE_PREFIX = "CONFIG_SOURCE_";

  @Parameters(index = "0", paramLabel = "print", description = "The only thing to do so far.")
  private String action = "";

  @Option(
      names = "--defaults",
      description = "Print every key with its default and meaning, ready to be a file.")
  private boolean defaults;

  ConfigCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    if (!action.equals("print")) {
      throw CliProblems.ARGUMENT_INVALID
          .because("config: " + Text.quoteForMessage(action) + " (expected: print)")
          .toException();
    }
    if (defaults) {
      return printDefaults();
    }
    List<ConfigEntry> entries =
        connection
            .call(() -> connection.system().getConfig(GetConfigRequest.getDefaultInstance()))
            .getEntriesList();
    if (json()) {
      entries.forEach(entry -> console().say(Json.line(entry)));
    } else {
      table(entries).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private int printDefaults() {
    String text =
        context()
            .defaultConfiguration()
            .orElseThrow(() ->
                CliProblems.COMMAND_NOT_OFFERED
                    .because("config print --defaults: this program has no server inside")
                    .toException())
            .get();
    console().out().print(text.endsWith("\n") ? text : text + "\n");
    return ExitCodes.OK;
  }

  private static Table table(List<ConfigEntry> entries) {
    Table table = new Table("KEY", "VALUE", "FROM");
    for (ConfigEntry entry : entries) {
      String source = entry.getSource().name().replace(SOURCE_PREFIX, "").toLowerCase(Locale.ROOT);
      table.row(
          entry.getKey(),
          entry.getValue(),
          entry.getOrigin().isEmpty() ? source : source + " " + entry.getOrigin());
    }
    return table;
  }
}
