package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve version`: the version of this program; asks nobody.
@Command(
    name = "version",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    description = "Print the version of this program.")
final class VersionCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    if (json) {
      JsonObject version = new JsonObject();
      version.addProperty("version", BuildVersion.text());
      version.addProperty("java", java);
      context.console().say(Json.line(version));
    } else {
      context.console().say("reeve " + BuildVersion.text() + " (Java " + java + ")");
    }
    return ExitCodes.OK;
  }
}
